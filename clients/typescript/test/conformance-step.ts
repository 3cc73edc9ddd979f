// The steps that every client is tested for, as clients/conformance.md names them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '../../conformance.md'), 'utf8');

/** What each step says, by its name. */
export const steps: ReadonlyMap<string, string> = new Map(
  [...page.matchAll(/^- `([a-z-]+)`: ([^\n]+(?:\n {2}[^\n]+)*)/gm)].map(([, name, text]) => [name!, text!]),
);

/** A test of one step. */
export function step(name: string, run: () => Promise<void>, timeoutMs?: number): void {
  const text = steps.get(name);
  if (text === undefined) throw new Error(`clients/conformance.md has no step ${name}`);
  test(`${name}: ${text}`, run, timeoutMs);
}
