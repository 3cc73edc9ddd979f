import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A fresh empty directory; it is removed, with all that it holds, after the test that asked for it. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  made.push(path);
  return path;
}

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
/** Containers often give it 64 MiB: too little for a store that is backed up and restored again and again. */
const MEMORY_FREE_BYTES_MIN = 1024 ** 3;

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= MEMORY_FREE_BYTES_MIN;
  } catch {
    return false;
  }
}

/** As `tempDir`, in memory where the machine has a place for that: for tests that open and flush stores by the thousand, and whose crashes are
 *  simulated. A real disk that others keep busy makes them three times as slow, and shows nothing. */
export function memoryDir(): string {
  const path = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'holdfast-test-'));
  made.push(path);
  return path;
}
