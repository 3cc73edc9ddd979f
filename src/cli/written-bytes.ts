import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CliContext } from './context';
import { usage } from './failure';

/** Writes bytes to a file, or as they are to stdout where no path or `-` is given. Throws a Failure if it cannot. */
export async function writeBytes(
  { stdout }: CliContext,
  path: string | undefined,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  if (path === undefined || path === '-') {
    await pipeline(Readable.from(chunks), stdout, { end: false });
    return;
  }
  const file: Writable = createWriteStream(path);
  let failure: Error | undefined;
  // A fault of the source is the source's own to tell; one of the file is the user's.
  file.on('error', (error) => (failure ??= error));
  try {
    await pipeline(Readable.from(chunks), file);
  } catch (error) {
    if (failure && failure === error && 'syscall' in failure) throw usage(`cannot write ${path}: ${failure.message}`);
    throw error;
  }
}
