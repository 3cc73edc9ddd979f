// The commands of docs/import.md do what it says, in the order in which they stand there.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import { commandLine } from '../cli/command-line';

test('each command of docs/import.md succeeds', async () => {
  const { address } = await boot();
  const text = readFileSync(join(__dirname, '../../docs/import.md'), 'utf8');
  const lines = [...text.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(5);
  const dir = tempDir();
  const inDir = (word: string) => (word.endsWith('.jsonl') ? join(dir, word) : word);
  writeFileSync(
    inDir('issues.jsonl'),
    '{"id":"a","title":"A","status":"open"}\n{"id":"b","title":"B","status":"closed"}\n',
  );
  const outputs = new Map<string, string>();
  for (const line of lines) {
    const [, typed, , target] = /^holdfast (.*?)( > (\S+))?$/.exec(line)!;
    const words = [...typed!.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? inDir(bare!));
    const { exitCode, stdout, stderr } = await commandLine([...words, '--server', address]);
    expect({ line, exitCode, stderr }).toMatchObject({ line, exitCode: 0 });
    outputs.set(line, stdout);
    if (target) writeFileSync(inDir(target), stdout);
  }
  expect(outputs.get("holdfast export --filter 'state = PENDING'")!.trimEnd().split('\n')).toHaveLength(1);
  expect(outputs.get('holdfast import tasks.jsonl --project copy')).toContain('2 created');
  expect(readFileSync(inDir('back.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
});
