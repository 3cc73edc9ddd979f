import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Artifact } from '../../gen/holdfast/v1/work';
import { usage } from '../failure';

const mediaTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.diff': 'text/x-diff',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.patch': 'text/x-diff',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
};

/** What a file holds, by the end of its name. */
export function mediaTypeOf(path: string): string {
  return mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** Reads `NAME=FILE` with the file's bytes, or `NAME=URL` without any. */
export function parseArtifact(typed: string): Artifact {
  const at = typed.indexOf('=');
  const [name, where] = [typed.slice(0, Math.max(0, at)), typed.slice(at + 1)];
  if (name === '' || where === '') throw usage('--artifact must be NAME=FILE or NAME=URL');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(where)) return Artifact.fromPartial({ name, uri: where });
  try {
    return Artifact.fromPartial({ name, mediaType: mediaTypeOf(where), data: readFileSync(where) });
  } catch (error) {
    throw usage(`cannot read ${where}: ${(error as Error).message}`);
  }
}
