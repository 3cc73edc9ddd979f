// Goal: what is due is acted on soon, on a real engine, before and after a restart. Method: sessions and locks of short ttls on the
// server's own clock; bounds are generous, for machines that do other things too.

import { EntityKind, SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import type { Engine } from '../../../src/engine/engine';
import { bootAgents, startAs } from '../../support/agent-client';
import { boot } from '../../support/boot';
import { say } from '../../support/seed';

const SECOND = { seconds: 1, nanos: 0 };
/** A ttl of a second, and the tenth that renewals may lag behind. */
const END_MS = 1100;

/** How long after its last renewal a session was lost, in milliseconds of journal time. */
async function lifeOf(engine: Engine, id: string): Promise<number> {
  const end = engine.nowMs + 60_000;
  while (engine.nowMs < end) {
    const row = await engine.read(EntityKind.SESSION_WORK, 'default', id);
    const { renewedMs, endedMs } = SessionWork.decode(row!.image);
    if (endedMs > 0) return endedMs - renewedMs;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`session ${id} was not lost`);
}

test('sessions are lost when their ttl has passed, not before, and within a moment', async () => {
  const server = await bootAgents();
  const ids = Array.from({ length: 20 }, (_, i) => `s-${i}`);
  for (const sessionId of ids) await startAs(server, 'ada', { sessionId, ttl: SECOND });
  const lives = await Promise.all(ids.map((id) => lifeOf(server.engine, id)));
  const late = lives.map((ms) => ms - END_MS);
  say(`sessions were lost ${Math.min(...late)} to ${Math.max(...late)} ms after their time`);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThan(15_000);
});

test('after a restart each session has a full ttl more, and is lost then', async () => {
  const server = await bootAgents();
  await startAs(server, 'ada', { sessionId: 'one', ttl: SECOND });
  await server.stop();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const before = Date.now();
  const { engine } = await boot({ dir: server.dir });
  await lifeOf(engine, 'one');
  expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
});
