import { Metadata } from '@grpc/grpc-js';
import { idIn } from '../../../src/domain/sessions/agent-names';
import { durationOf } from '../../../src/domain/duration';
import { LockServiceClient } from '../../../src/gen/holdfast/v1/lock_service';
import { SessionServiceClient, StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { SESSION_KEY } from '../../../src/services/caller';
import type { Booted } from '../../support/boot';
import { boot, call } from '../../support/boot';
import { History } from '../../support/linearisable';
import type { Seen } from '../../support/linearisable';
import { randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';

export const PARENT = 'projects/default';

/** A client of a crowd, with a session of its own. */
export interface Member {
  readonly client: number;
  /** Its session's id. */
  readonly session: string;
  /** By which its calls are its session's. */
  readonly as: Metadata;
  readonly random: Random;
}

/** What is asked of a server by several clients at once, each of which calls one thing after another. */
export class Crowd {
  private constructor(
    readonly server: Booted,
    readonly locks: LockServiceClient,
    readonly sessions: SessionServiceClient,
    readonly members: readonly Member[],
  ) {}

  static async gather(seed: number, size: number): Promise<Crowd> {
    const server = await boot();
    const sessions = server.client(SessionServiceClient);
    const members: Member[] = [];
    for (let client = 0; client < size; client++) {
      const { session, as } = await startSession(sessions, `agent-${client}`);
      members.push({ client, session, as, random: randomFrom(seed * 31 + client) });
    }
    return new Crowd(server, server.client(LockServiceClient), sessions, members);
  }

  /** Lets all members call so often, at once. Gives what they saw. */
  async run<Op>(calls: number, next: (member: Member) => Promise<Op | undefined>): Promise<Seen<Op>[]> {
    const history = new History<Op>();
    await Promise.all(
      this.members.map(async (member) => {
        for (let i = 0; i < calls; i++) await history.call(member.client, () => next(member));
      }),
    );
    return history.seen;
  }
}

/** Begins a session that lasts until it is ended. */
export async function startSession(
  sessions: SessionServiceClient,
  agent: string,
): Promise<{ readonly session: string; readonly as: Metadata }> {
  const request = StartSessionRequest.fromPartial({ parent: PARENT, agent, ttl: durationOf(0) });
  const { session, token } = await call(sessions, 'startSession', request);
  return { session: idIn(session!.name), as: sessionMetadata(session!.name, token) };
}

export function sessionMetadata(name: string, token: string): Metadata {
  const as = new Metadata();
  as.set(SESSION_KEY, `${name};${token}`);
  return as;
}
