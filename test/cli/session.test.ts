// Who the command line acts as: what goes to the server for it, and what is kept between commands.

import { status } from '@grpc/grpc-js';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Session, SessionState } from '../../src/gen/holdfast/v1/session';
import {
  EndSessionResponse,
  GetBriefingResponse,
  HeartbeatSessionResponse,
  ListSessionsResponse,
  ResumeSessionResponse,
  StartSessionResponse,
} from '../../src/gen/holdfast/v1/session_service';
import { ClaimTaskResponse } from '../../src/gen/holdfast/v1/task_service';
import { tempDir } from '../support/temp-dir';
import type { Ran } from './command-line';
import { commandLine } from './command-line';
import { FakeServer, refusal } from './fake-server';

describe('sessions on the command line', () => {
  let server: FakeServer;
  let address: string;
  let home: string;
  let sessionsBegun: string[];

  const holdfast = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
    commandLine([...args, '--server', address], { env: { HOME: home, ...env } });
  const alice = { AGENT_ID: 'alice', AGENT_SESSION_ID: 'life-1' };
  const sessionOf = (id: string, more: object = {}) =>
    Session.fromPartial({
      name: `projects/default/sessions/${id}`,
      agent: 'projects/default/agents/alice',
      state: SessionState.ACTIVE,
      ttl: { seconds: 900 },
      ...more,
    });

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    home = tempDir();
    sessionsBegun = [];
    server.answers.set('startSession', ({ sessionId }: { sessionId: string }) => {
      if (sessionsBegun.includes(sessionId)) {
        throw refusal(status.ALREADY_EXISTS, 'ALREADY_EXISTS', `${sessionId} is taken`, { name: sessionId });
      }
      sessionsBegun.push(sessionId);
      return StartSessionResponse.fromPartial({ session: sessionOf(sessionId || 'given-1'), token: `t-${sessionId}` });
    });
    server.answers.set('heartbeatSession', () =>
      HeartbeatSessionResponse.fromPartial({ session: sessionOf('life-1'), unreadMessages: 2 }),
    );
    server.answers.set('claimTask', () => ClaimTaskResponse.fromPartial({}));
  });
  afterEach(() => server.stop());

  const lastSession = () => server.sessions.at(-1);

  test('start says how to act as the session, and keeps the token for its owner alone', async () => {
    const started = await holdfast(['session', 'start', 'life-1', '--agent', 'alice', '--ttl', '1h', '--label', 'a=b']);
    expect(started.stdout).toContain('export AGENT_ID=alice AGENT_SESSION_ID=life-1');
    expect(started.stdout).not.toContain('t-life-1');
    expect(server.asked.at(-1)!.request).toMatchObject({ sessionId: 'life-1', agent: 'alice', ttl: { seconds: 3600 } });
    const folder = join(home, '.local/state/holdfast/sessions', encodeURIComponent(address));
    const [file] = readdirSync(folder);
    expect(statSync(join(folder, file!)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder, file!), 'utf8')).toContain('t-life-1');

    await holdfast(['session', 'heartbeat'], { AGENT_SESSION_ID: 'life-1' });
    expect(lastSession()).toBe('projects/default/sessions/life-1;t-life-1');
    await holdfast(['task', 'list', '--session', 'life-1']);
    expect(lastSession()).toBe('projects/default/sessions/life-1;t-life-1');
  });

  test('with AGENT_ID and AGENT_SESSION_ID the session starts with the first command that needs it', async () => {
    const listed = await holdfast(['task', 'list'], alice);
    expect([listed.exitCode, lastSession(), sessionsBegun]).toEqual([0, '', []]);
    const first = await holdfast(['session', 'heartbeat'], alice);
    expect(first.stderr).toContain('session life-1 of alice began');
    expect(first.stdout).toContain('2 unread messages');
    await holdfast(['task', 'list'], alice);
    expect(lastSession()).toBe('projects/default/sessions/life-1;t-life-1');
    expect(sessionsBegun).toEqual(['life-1']);
  });

  test('two commands at once start one session, and both act as it', async () => {
    const both = await Promise.all([1, 2].map(() => holdfast(['session', 'heartbeat'], alice)));
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(sessionsBegun).toEqual(['life-1']);
  });

  test.each([
    [{ AGENT_ID: 'alice' }, 'AGENT_SESSION_ID is not set'],
    [{ AGENT_ID: 'alice', AGENT_SESSION_ID: 'auto' }, 'AGENT_SESSION_ID is "auto"'],
    [{ AGENT_ID: 'alice', AGENT_SESSION_ID: 'auto-generated' }, 'which is no id'],
    [{ AGENT_ID: 'alice', AGENT_SESSION_ID: 'two words' }, 'which is no id'],
    [{}, 'holdfast session start --agent NAME'],
    [{ AGENT_SESSION_ID: 'elsewhere' }, 'holdfast session resume elsewhere'],
  ])('a command that has to act for a session says what to do with %j', async (env, said) => {
    const { exitCode, stderr } = await holdfast(['claim'], env);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(said);
    expect(server.asked).toEqual([]);
  });

  test('HOLDFAST_SESSION acts as it is, unless AGENT_SESSION_ID names another', async () => {
    const inherited = { HOLDFAST_SESSION: 'projects/web/sessions/outer;42' };
    const project = await holdfast(['session', 'heartbeat', '--json'], inherited);
    expect([project.exitCode, lastSession()]).toEqual([0, 'projects/web/sessions/outer;42']);
    expect(server.asked.at(-1)!.request).toMatchObject({ name: 'projects/web/sessions/outer' });
    await holdfast(['task', 'list'], { ...inherited, AGENT_SESSION_ID: 'outer' });
    expect(lastSession()).toBe('projects/web/sessions/outer;42');
    expect(server.asked.at(-1)!.request).toMatchObject({ parent: 'projects/web' });
    await holdfast(['session', 'heartbeat'], { ...inherited, ...alice });
    expect(lastSession()).toBe('projects/default/sessions/life-1;t-life-1');
    expect((await holdfast(['task', 'list'], { HOLDFAST_SESSION: 'nonsense' })).exitCode).toBe(2);
  });

  test('a resume makes the same AGENT_SESSION_ID act as the successor', async () => {
    await holdfast(['session', 'heartbeat'], alice);
    server.answers.set('resumeSession', () =>
      ResumeSessionResponse.fromPartial({
        session: sessionOf('life-2'),
        token: 'new',
        resumed: sessionOf('life-1', { state: SessionState.ENDED }),
        briefing: { summary: 'The manual is missing.' },
      }),
    );
    const resumed = await holdfast(['session', 'resume'], alice);
    expect(server.asked.at(-1)!.request).toMatchObject({
      from: { $case: 'session', value: 'projects/default/sessions/life-1' },
      sessionId: '',
    });
    expect(resumed.stderr).toContain('life-2 of alice takes up the work of life-1');
    expect(resumed.stdout).toContain('> The manual is missing.');
    for (const env of [alice, { AGENT_SESSION_ID: 'life-2' }] as Record<string, string>[]) {
      await holdfast(['task', 'list'], env);
      expect(lastSession()).toBe('projects/default/sessions/life-2;new');
    }
  });

  test('a new life resumes the newest of its agent under its own id', async () => {
    server.answers.set('resumeSession', ({ sessionId }: { sessionId: string }) =>
      ResumeSessionResponse.fromPartial({ session: sessionOf(sessionId), token: 'fresh' }),
    );
    const { stderr } = await holdfast(['session', 'resume'], { ...alice, AGENT_SESSION_ID: 'life-9' });
    expect(server.asked.at(-1)!.request).toMatchObject({
      from: { $case: 'agent', value: 'projects/default/agents/alice' },
      sessionId: 'life-9',
    });
    expect(stderr).toContain('there was nothing to take up');
  });

  test('end hands over, says what became of the tasks, and forgets the token', async () => {
    await holdfast(['session', 'heartbeat'], alice);
    server.answers.set('endSession', () =>
      EndSessionResponse.fromPartial({
        session: sessionOf('life-1', { state: SessionState.ENDED }),
        tasks: ['projects/default/tasks/t1', 'projects/default/tasks/t2'],
      }),
    );
    const ended = await holdfast(['session', 'end', '--summary', 'Half done', '--hand-over-to', 'bob'], alice);
    expect(ended.stdout).toBe('life-1 is ENDED; handed over to bob: t1, t2\n');
    expect(server.asked.at(-1)!.request).toMatchObject({
      name: 'projects/default/sessions/life-1',
      summary: 'Half done',
      handOverTo: 'projects/default/agents/bob',
    });
    expect(lastSession()).toBe('projects/default/sessions/life-1;t-life-1');
    await holdfast(['task', 'list'], alice);
    expect(lastSession()).toBe('');
    const again = await holdfast(['claim'], alice);
    expect([again.exitCode, again.stderr.includes('holdfast session resume life-1')]).toEqual([5, true]);
  });

  test('the token of a store that is gone is forgotten, and the next command starts the session again', async () => {
    await holdfast(['session', 'heartbeat'], alice);
    sessionsBegun = [];
    const name = 'projects/default/sessions/life-1';
    server.failNext.push(refusal(status.NOT_FOUND, 'NOT_FOUND', `${name} does not exist`, { name }));
    const stale = await holdfast(['session', 'heartbeat'], alice);
    expect([stale.exitCode, stale.stderr.includes('Repeat the command')]).toEqual([3, true]);
    expect((await holdfast(['session', 'heartbeat'], alice)).exitCode).toBe(0);
    expect(sessionsBegun).toEqual(['life-1']);
  });

  test('a list of sessions fits the terminal; a lost session’s refusal says how to go on', async () => {
    server.answers.set('listSessions', () =>
      ListSessionsResponse.fromPartial({ sessions: [sessionOf('life-1'), sessionOf('x'.repeat(60))] }),
    );
    const { stdout } = await holdfast(['session', 'list', '--agent', 'alice', '--state', 'active,lost']);
    for (const line of stdout.trimEnd().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(server.asked.at(-1)!.request).toMatchObject({ agent: 'projects/default/agents/alice', states: [1, 3] });
    expect((await holdfast(['session', 'list', '--brief'])).stdout).toContain('life-1 ACTIVE alice\n');
    const name = 'projects/default/sessions/life-1';
    server.failNext.push(refusal(status.FAILED_PRECONDITION, 'SESSION_LOST', `${name} is LOST`, { name }));
    const lost = await holdfast(['session', 'list']);
    expect([lost.exitCode, lost.stderr.includes('holdfast session resume life-1')]).toEqual([5, true]);
  });

  test('brief asks for the session that acts, and for its agent before the session began', async () => {
    const name = 'projects/default/sessions/life-1';
    server.answers.set('getBriefing', ({ of }: { of: { $case: string } }) => {
      if (of.$case === 'session') throw refusal(status.NOT_FOUND, 'NOT_FOUND', 'no such session', { name });
      return GetBriefingResponse.fromPartial({
        briefing: { readyTasks: [{ name: 'projects/default/tasks/t7', title: 'Paint it' }] },
      });
    });
    const { stdout, exitCode } = await holdfast(['brief'], alice);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('# Briefing for alice');
    expect(stdout).toContain('- t7 ');
    expect(sessionsBegun).toEqual([]);
    expect((await holdfast(['brief'])).exitCode).toBe(2);
    expect((await holdfast(['brief', '--max-bytes', '100'], alice)).exitCode).toBe(2);
  });
});
