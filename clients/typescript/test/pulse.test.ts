import { HoldfastError } from '@holdfast/client';
import type { CodeName } from '../src/error';
import { periodOf, Pulse } from '../src/pulse';
import { noDetails } from '../src/status-details';

/** Milliseconds between beats. */
const PERIOD_MS = 10;

function failing(code: CodeName): HoldfastError {
  return new HoldfastError(code, { ...noDetails, message: 'told to fail' });
}

/** Plays one outcome a beat, then beats without a fault. Resolves when all were played, or the pulse has ended. */
async function played(outcomes: readonly (HoldfastError | undefined)[]): Promise<{ beats: number; end: unknown }> {
  let beats = 0;
  let end: unknown;
  await new Promise<void>((resolve) => {
    const pulse = new Pulse({
      periodMs: () => PERIOD_MS,
      beat: () => {
        const outcome = outcomes[beats++];
        if (beats > outcomes.length) void pulse.stop().then(resolve);
        return outcome ? Promise.reject(outcome) : Promise.resolve();
      },
      onEnd: (error) => {
        end = error;
        resolve();
      },
    });
  });
  return { beats, end };
}

test('a pulse goes on when no server answers, or not in time', async () => {
  const outcomes = [undefined, failing('UNAVAILABLE'), failing('DEADLINE_EXCEEDED'), undefined];
  expect(await played(outcomes)).toEqual({ beats: 5, end: undefined });
});

test('a pulse ends when it is refused', async () => {
  const refusal = failing('ABORTED');
  expect(await played([undefined, refusal])).toEqual({ beats: 2, end: refusal });
});

test('two beats never overlap, and a stop waits for the one that is under way', async () => {
  let beating = 0;
  let most = 0;
  let release: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (begun = resolve));
  const pulse = new Pulse({
    periodMs: () => PERIOD_MS,
    beat: async () => {
      most = Math.max(most, ++beating);
      begun();
      await new Promise<void>((resolve) => (release = resolve));
      beating--;
    },
    onEnd: () => undefined,
  });
  await first;
  const joined = pulse.now();
  const stopped = pulse.stop();
  expect(beating).toBe(1);
  release();
  await Promise.all([joined, stopped]);
  expect([beating, most]).toEqual([0, 1]);
});

test('a period is a third of the ttl, and short enough to hear directives', () => {
  expect([periodOf(3000), periodOf(900_000), periodOf(0)]).toEqual([1000, 30_000, 30_000]);
});
