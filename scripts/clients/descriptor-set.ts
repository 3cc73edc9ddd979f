// buf compiles the public protos once; each language's own generator reads the result. So no protoc needs to find files.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './client-language';
import { run } from './program';

const publicFolder = 'holdfast/v1';

/** The files of the public package, as protos import them. */
export const publicProtos: readonly string[] = readdirSync(join(projectRoot, 'proto', publicFolder))
  .filter((name) => name.endsWith('.proto'))
  .sort()
  .map((name) => `${publicFolder}/${name}`);

/** Those that hold a service. */
export const serviceProtos: readonly string[] = publicProtos.filter((name) => name.endsWith('_service.proto'));

/**
 * Writes the public package and what it imports, with comments: a google.protobuf.FileDescriptorSet, in which buf also marks
 * the imports.
 */
export function writeDescriptorSet(file: string): void {
  buf(['build', 'proto', '--path', `proto/${publicFolder}`, '-o', `${file}#format=binpb`]);
}

/** Runs the buf of this project. */
export function buf(args: readonly string[], cwd = projectRoot): void {
  run(process.execPath, [require.resolve('@bufbuild/buf/bin/buf'), ...args], { cwd });
}
