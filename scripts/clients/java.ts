import { chmodSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, filled } from './cache';
import type { ClientLanguage } from './client-language';
import { clientFolder } from './client-language';
import { publicProtos, serviceProtos } from './descriptor-set';
import { missing, run } from './program';

const pom = join(clientFolder('java'), 'pom.xml');

/** How Maven's artifacts name platforms. */
const systems: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'osx', win32: 'windows' };
const machines: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch_64' };

function classifier(): string | undefined {
  const [system, machine] = [systems[process.platform], machines[process.arch]];
  return system && machine && `${system}-${machine}`;
}

function version(property: string): string {
  const found = new RegExp(`<${property}>([^<]+)</${property}>`).exec(readFileSync(pom, 'utf8'));
  if (!found) throw new Error(`pom.xml holds no property ${property}`);
  return found[1]!;
}

const mvn = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';

function maven(...args: string[]): void {
  // Maven remembers for a day that a download failed, unless it is told to look again.
  run(mvn, ['--batch-mode', '--update-snapshots', `--file=${pom}`, ...args]);
}

function generators(): string {
  return cacheFolder('java', [pom]);
}

function generator(name: string): string {
  const found = readdirSync(generators()).find((file) => file.startsWith(`${name}-${version(properties[name]!)}`));
  if (!found) throw new Error(`no ${name} in ${generators()}`);
  return join(generators(), found);
}

const properties: Readonly<Record<string, string>> = {
  protoc: 'protobuf.version',
  'protoc-gen-grpc-java': 'grpc.version',
};

/** protoc and protoc-gen-grpc-java as Maven has them: executables for each platform. */
export const java: ClientLanguage = {
  name: 'java',
  generated: 'src/main/java/dev/holdfast/v1',

  lacks: () =>
    missing('javac', ['-version'], [11, 0], 'a JDK, 11 or newer, from the system') ??
    missing(mvn, ['-version'], [3, 6], 'Maven 3.6 or newer') ??
    (classifier()
      ? undefined
      : `needs a platform that protoc is built for; this is ${process.platform} ${process.arch}`),

  fetch() {
    const artifacts = [
      `com.google.protobuf:protoc:${version('protobuf.version')}`,
      `io.grpc:protoc-gen-grpc-java:${version('grpc.version')}`,
    ];
    filled(generators(), (aside) => {
      for (const artifact of artifacts) {
        const what = `-Dartifact=${artifact}:exe:${classifier()}`;
        maven('dependency:copy', what, `-DoutputDirectory=${aside}`);
      }
      for (const file of readdirSync(aside)) chmodSync(join(aside, file), 0o755);
      // What the client's own build needs goes where Maven keeps it.
      maven('dependency:resolve', 'dependency:resolve-plugins');
    });
  },

  generate(set, work) {
    const out = join(work, 'out');
    mkdirSync(out);
    const protoc = generator('protoc');
    run(protoc, [`--descriptor_set_in=${set}`, `--java_out=${out}`, ...publicProtos]);
    // Without the annotation of javax, which newer JDKs lack.
    const plugin = `--plugin=protoc-gen-grpc-java=${generator('protoc-gen-grpc-java')}`;
    run(protoc, [`--descriptor_set_in=${set}`, plugin, `--grpc-java_out=@generated=omit:${out}`, ...serviceProtos]);
    return join(out, 'dev/holdfast/v1');
  },
};
