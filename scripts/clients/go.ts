import { join } from 'node:path';
import type { ClientLanguage } from './client-language';
import { clientFolder } from './client-language';
import { buf } from './descriptor-set';
import { missing, run } from './program';

const folder = clientFolder('go');
const tools = join(folder, 'generate');

/** protoc-gen-go and protoc-gen-go-grpc as tools of a Go module of their own, so that go.sum holds them. */
export const go: ClientLanguage = {
  name: 'go',
  generated: 'holdfast/v1',

  lacks: () => missing('go', ['version'], [1, 24], 'Go 1.24 or newer, from its site or the system'),

  fetch() {
    // Only what is compiled: `go mod download` would bring the whole graph.
    run('go', ['list', '-deps', 'tool'], { cwd: tools });
    run('go', ['list', '-deps', './...'], { cwd: folder });
  },

  generate(set, work) {
    buf(['generate', set, '--template', 'buf.gen.yaml', '-o', work], tools);
    return join(work, 'holdfast/v1');
  },
};
