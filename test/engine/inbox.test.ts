import { PRINCIPAL_LOCAL, PRINCIPAL_SYSTEM } from '../../src/domain/command';
import type { Command } from '../../src/domain/command';
import { Inbox, INBOX_COMMANDS_MAX, INBOX_SYSTEM_ROOM } from '../../src/engine/inbox';
import type { Waiting } from '../../src/engine/inbox';

function waiting(principal: string, name = ''): Waiting {
  const command: Command = {
    kind: 'purgeTask',
    request: { name },
    caller: { principal, session: '', sessionToken: '' },
    validateOnly: false,
  };
  return { command, resolve: () => undefined, reject: () => undefined, enqueued: 0 };
}

function fill(inbox: Inbox, principal: string, count: number): void {
  for (let index = 0; index < count; index++) inbox.add(waiting(principal));
}

/** What `act` throws. */
function refusalOf(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the inbox', () => {
  it('hands out commands in the order in which they came (I2)', () => {
    const inbox = new Inbox();
    const names: string[] = [];
    for (let index = 0; index < 3000; index++) {
      inbox.add(waiting(PRINCIPAL_LOCAL, String(index)));
      if (index % 3 === 2) {
        names.push((inbox.peek()?.command.request as { name: string }).name);
        inbox.take();
      }
    }
    while (inbox.peek() !== undefined) {
      names.push((inbox.peek()?.command.request as { name: string }).name);
      inbox.take();
    }
    expect(names).toEqual(Array.from({ length: 3000 }, (_, index) => String(index)));
    expect(inbox.length).toBe(0);
  });

  it('refuses a caller at once when it is full, and says when to come back (I1)', () => {
    const inbox = new Inbox();
    fill(inbox, PRINCIPAL_LOCAL, INBOX_COMMANDS_MAX);
    expect(refusalOf(() => inbox.add(waiting(PRINCIPAL_LOCAL)))).toMatchObject({
      reason: 'OVERLOADED',
      details: { retryAfterMs: 100 },
    });
  });

  it('keeps room for the server itself when callers flood it (I1)', () => {
    const inbox = new Inbox();
    fill(inbox, PRINCIPAL_LOCAL, INBOX_COMMANDS_MAX);
    fill(inbox, PRINCIPAL_SYSTEM, INBOX_SYSTEM_ROOM);
    expect(refusalOf(() => inbox.add(waiting(PRINCIPAL_SYSTEM)))).toMatchObject({ reason: 'OVERLOADED' });
  });
});
