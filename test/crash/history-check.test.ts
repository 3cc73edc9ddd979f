// Goal: the load and the checks see what they are for. Method: a service in memory, right first, then with one fault each.

import { say } from '../support/seed';
import { ModelService } from './fixtures/model-service';
import type { Fault } from './fixtures/model-service';
import { historyViolations } from './history-check';
import { Load } from './load';

/** Any will do; faults strike at the same place each time. */
const SEED = 7;

async function violationsOf(fault: Fault, losesReplyEvery = 0): Promise<string[]> {
  const service = new ModelService(fault, losesReplyEvery);
  const load = new Load(SEED, 8);
  await load.prepare(service);
  for (let round = 0; round < 20; round++) {
    const running = load.run(service);
    // With lost replies all workers soon stop by themselves.
    const enough = load.progress(20);
    await Promise.race([running, enough]);
    load.stop();
    await running;
    while ((await load.settle(service)) > 0);
  }
  service.losesReplyEvery = 0;
  await load.repeat(service, load.operations);
  const { operations, sightings } = load;
  const listed = await service.listTasks();
  return [...load.violations, ...historyViolations({ operations, sightings, seen: service.seen, listed, starts: 0 })];
}

it('a service that keeps its promises is not blamed', async () => {
  expect(await violationsOf('none')).toEqual([]);
});

it('lost replies are asked for again, and that is no fault', async () => {
  expect(await violationsOf('none', 13)).toEqual([]);
});

it.each([
  ['loses an acknowledged write', 0, /is lost|stands at|shows/],
  ['applies a repeated request again', 13, /and again at|was refused but stands/],
  ['ignores etags', 0, /was accepted for etag/],
  ['skips an event', 0, /is lost|revision/],
  ['sends an event twice', 0, /comes after/],
  ['swaps two events', 0, /comes after/],
  ['gives an old number', 0, /after \d+ was known|comes after/],
  ['answers a repeated request anew', 0, /repeated, got/],
  ['lists an old task', 0, /its last event has/],
  ['lists nothing of one task', 0, /is not listed/],
  ['applies what it refuses', 0, /was refused but stands/],
  ['reads what never was', 0, /which never was/],
] as const)('one that %s is caught', async (fault, losesReplyEvery, sentence) => {
  const violations = await violationsOf(fault, losesReplyEvery);
  if (violations.length > 0) say(`${fault}: ${violations[0]}`);
  expect(violations).toContainEqual(expect.stringMatching(sentence));
});
