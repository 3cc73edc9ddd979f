import { existsSync, mkdtempSync, rmSync } from 'node:fs';
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

/** As `tempDir`, in memory where the machine has a place for that: for tests that open and flush stores by the thousand, and whose crashes are
 *  simulated. A real disk that others keep busy makes them three times as slow, and shows nothing. */
export function memoryDir(): string {
  const path = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'holdfast-test-'));
  made.push(path);
  return path;
}
