// The only way to leave a test out: with a condition and a reason that the end of the run prints. No other file may call
// `.skip`; test/tidy.test.ts sees to it.

/** Runs the test if the condition holds; otherwise the run names it as skipped, with the reason. */
export function itIf(condition: boolean, reason: string, name: string, run: () => unknown, timeoutMs?: number): void {
  if (condition) it(name, async () => void (await run()), timeoutMs);
  else it.skip(`${name} — ${reason}`, () => undefined);
}

/** Runs the group if the condition holds; otherwise the run names each of its tests as skipped, with the reason. */
export function describeIf(condition: boolean, reason: string, name: string, declare: () => void): void {
  if (condition) describe(name, declare);
  else describe.skip(`${name} — ${reason}`, declare);
}
