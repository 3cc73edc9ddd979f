import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { Agent } from '../../../src/gen/holdfast/v1/session';
import { act, begin, end, expire, sessionWorkOf, start } from '../../support/agents';
import { World } from '../../support/world';

const DAY_MS = 86_400_000;

function agentOf(world: World, id: string): Agent | undefined {
  const row = world.view.row(EntityKind.AGENT, 'p', id);
  return row && Agent.decode(row.image);
}

/** Begins and ends a session. */
function live(world: World, agent: string, session: string): void {
  act(world, begin(world, agent, session));
  world.run(end(session));
  act(world, undefined);
}

describe('an agent', () => {
  it('goes with the purge of its last session, and comes back with a new one', () => {
    const world = new World();
    live(world, 'ada', 'a1');
    world.nowMs += 10 * DAY_MS;
    live(world, 'ada', 'a2');
    world.nowMs += 25 * DAY_MS;
    expire(world, 'a1');
    expect(agentOf(world, 'ada')).toMatchObject({ sessionCount: 2 });
    world.nowMs += 10 * DAY_MS;
    expire(world, 'a2');
    expect(agentOf(world, 'ada')).toBeUndefined();
    world.run(start('ada', 'a3'));
    expect(agentOf(world, 'ada')).toMatchObject({ sessionCount: 1 });
  });

  it('stays while a session of it is at work, though its newest is purged', () => {
    const world = new World();
    const long = begin(world, 'ada', 'long', 0);
    live(world, 'ada', 'short');
    world.nowMs += 31 * DAY_MS;
    expire(world, 'short');
    expect(agentOf(world, 'ada')).toMatchObject({ latestSession: 'projects/p/sessions/short' });
    act(world, long);
    world.run(end('long'));
    world.nowMs = sessionWorkOf(world, 'long').dueMs;
    expire(world, 'long');
    expect(agentOf(world, 'ada')).toBeUndefined();
  });
});
