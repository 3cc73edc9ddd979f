import { mkdtempSync, rmSync } from 'node:fs';
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
