import type { Engine } from '../../src/engine/engine';
import type { FeedListener } from '../../src/engine/feed';
import { Change, EntityKind, Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { MailboxChanges } from '../../src/services/mailbox-changes';

const { MAILBOX, TASK } = EntityKind;

function world() {
  const listeners = new Set<FeedListener>();
  const listen = (listener: FeedListener): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const changes = new MailboxChanges({ feed: { listen } } as unknown as Engine);
  const publish = (...rows: Partial<Change>[]): void => {
    const record = JournalRecord.fromPartial({ changes: rows.map((row) => Change.fromPartial(row)) });
    for (const listener of listeners) listener([{ record, bytes: 0 }]);
  };
  return { listeners, changes, publish };
}

it('whoever waits for mailboxes is told of changes of these alone', () => {
  const { changes, publish } = world();
  const told: string[] = [];
  changes.listen('p', ['agents/ada', 'sessions/s1'], () => told.push('s1'));
  changes.listen('p', ['agents/ada', 'sessions/s2'], () => told.push('s2'));
  publish({ kind: TASK, project: 'p', id: 't1' }, { kind: MAILBOX, project: 'q', id: 'agents/ada' });
  expect(told).toEqual([]);
  publish({ kind: MAILBOX, project: 'p', id: 'sessions/s2' });
  expect(told).toEqual(['s2']);
  publish({ kind: MAILBOX, project: 'p', id: 'agents/ada' });
  expect(told).toEqual(['s2', 's1', 's2']);
  publish({ kind: MAILBOX, project: 'p', id: 'agents/ada', removed: true });
  expect(told).toHaveLength(3);
});

it('while nobody waits, the feed has no listener', () => {
  const { changes, listeners, publish } = world();
  expect(listeners.size).toBe(0);
  let told = 0;
  const leave = [1, 2].map(() => changes.listen('p', ['agents/ada'], () => told++));
  expect(listeners.size).toBe(1);
  leave[0]!();
  publish({ kind: MAILBOX, project: 'p', id: 'agents/ada' });
  expect([told, listeners.size]).toEqual([1, 1]);
  leave[1]!();
  expect(listeners.size).toBe(0);
  changes.listen('p', ['agents/ada'], () => told++);
  publish({ kind: MAILBOX, project: 'p', id: 'agents/ada' });
  expect(told).toBe(2);
});
