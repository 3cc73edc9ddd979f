// Sessions and agents as people read them.

import type { Agent, Session } from '../../gen/holdfast/v1/session';
import { SessionState } from '../../gen/holdfast/v1/session';
import { usage } from '../failure';
import type { Output } from '../output';
import { shortId } from '../resource-name';
import { tableLines } from '../table';
import { fitTo, oneLine, plainText } from '../text-width';
import { atOf, lengthOfTime, msOf, relativeTime } from '../times';

const stateWords: Readonly<Record<number, string>> = {
  [SessionState.ACTIVE]: 'ACTIVE',
  [SessionState.ENDED]: 'ENDED',
  [SessionState.LOST]: 'LOST',
};

export function sessionStateWord(state: SessionState): string {
  return stateWords[state] ?? `STATE_${state}`;
}

/** Reads states separated by commas, in any case. */
export function parseSessionStates(text: string): SessionState[] {
  return text.split(',').map((word) => {
    const wanted = word.trim().toUpperCase();
    for (const [state, name] of Object.entries(stateWords)) if (name === wanted) return Number(state) as SessionState;
    throw usage(`"${word.slice(0, 40)}" is no state`, `The states are ${Object.values(stateWords).join(', ')}.`);
  });
}

/** One session in one line. */
export function briefSession(session: Session): string {
  const held = session.taskCount > 0 ? ` ${session.taskCount} tasks` : '';
  return `${shortId(session.name)} ${sessionStateWord(session.state)} ${shortId(session.agent)}${held}`;
}

export function sessionTable(sessions: readonly Session[], columns: number, now: number): string[] {
  const layout = [
    { title: 'ID' },
    { title: 'STATE' },
    { title: 'AGENT', flexible: true },
    { title: 'TASKS' },
    { title: 'SEEN' },
    { title: 'LASTS' },
  ];
  const rows = sessions.map((session) => [
    fitTo(shortId(session.name), 36),
    sessionStateWord(session.state),
    shortId(session.agent),
    String(session.taskCount),
    session.lastSeenTime ? relativeTime(atOf(session.lastSeenTime), now) : '',
    lastsWords(session, now),
  ]);
  return tableLines(layout, rows, columns);
}

function lastsWords({ state, expireTime }: Session, now: number): string {
  if (state !== SessionState.ACTIVE) return '';
  return expireTime ? relativeTime(atOf(expireTime), now) : 'until ended';
}

/** Everything about one session, for a person. */
export function sessionLines(session: Session, output: Output, now: number): string[] {
  const when = (at: Session['createTime']) =>
    at && `${relativeTime(atOf(at), now)} (${new Date(atOf(at)).toISOString()})`;
  const ttlMs = session.ttl && msOf(session.ttl);
  const facts: [string, string | undefined][] = [
    ['state', sessionStateWord(session.state)],
    ['agent', shortId(session.agent)],
    ['ttl', ttlMs === undefined ? undefined : ttlMs === 0 ? 'none: until it is ended' : lengthOfTime(ttlMs)],
    ['began', when(session.createTime)],
    ['seen', when(session.lastSeenTime)],
    ['lost unless seen', when(session.expireTime)],
    ['ended', when(session.endTime)],
    ['goes for good', when(session.purgeTime)],
    ['resumed from', session.resumedFrom && shortId(session.resumedFrom)],
    ['goes on as', session.successor && shortId(session.successor)],
    ['holds', `${session.taskCount} tasks, ${session.lockCount} locks`],
    ['labels', [...session.labels].map(([key, value]) => (value ? `${key}=${value}` : key)).join(', ')],
    ['created by', session.creator],
  ];
  const lines = [output.bold(fitTo(shortId(session.name), output.columns)), ''];
  for (const [name, value] of facts) {
    if (value) lines.push(`${output.dim(name.padEnd(16))}  ${fitTo(oneLine(value), output.columns - 18)}`);
  }
  if (session.summary) lines.push('', plainText(session.summary));
  return lines;
}

/** One agent in one line. */
export function briefAgent(agent: Agent): string {
  return `${shortId(agent.name)} ${agent.sessionCount} sessions, latest ${shortId(agent.latestSession)}`;
}

export function agentTable(agents: readonly Agent[], columns: number, now: number): string[] {
  const layout = [{ title: 'ID', flexible: true }, { title: 'SESSIONS' }, { title: 'LATEST' }, { title: 'BEGAN' }];
  const rows = agents.map((agent) => [
    shortId(agent.name),
    String(agent.sessionCount),
    fitTo(shortId(agent.latestSession), 36),
    agent.latestSessionTime ? relativeTime(atOf(agent.latestSessionTime), now) : '',
  ]);
  return tableLines(layout, rows, columns);
}
