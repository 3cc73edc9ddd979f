// The audit trail as people and agents read it.

import type { Event } from '../gen/holdfast/v1/event';
import type { TrimJournalResult } from '../gen/holdfast/v1/system_service';
import type { AuditReport } from '../gen/holdfast/v1/system';
import { byteWords } from './byte-count';
import { positionText } from './position';
import { shortId } from './resource-name';
import { tableLines } from './table';
import { oneLine } from './text-width';
import { atOf } from './times';

const layout = [
  { title: 'AT' },
  { title: 'TIME (UTC)' },
  { title: 'WHO' },
  { title: 'EVENT' },
  { title: 'ENTITY' },
  { title: 'FROM', flexible: true },
];

/** Events as a table: who did what, when and from where. */
export function auditTable(events: readonly Event[], columns: number): string[] {
  return tableLines(
    layout,
    events.map((event) => [
      String(event.position?.sequence ?? ''),
      timeOf(event).slice(0, -1).replace('T', ' '),
      who(event),
      event.type,
      entity(event.name),
      oneLine(event.origin),
    ]),
    columns,
  );
}

/** "42 2030-01-31T12:00:00Z local task.created t12" */
export function briefAudit(event: Event): string {
  const words = [event.position?.sequence ?? '', timeOf(event), who(event), event.type, entity(event.name)];
  return words.join(' ');
}

/** In UTC, to the second: times of a trail are compared with those of other logs. */
function timeOf({ time }: Event): string {
  return time ? new Date(atOf(time)).toISOString().replace(/\.\d+Z$/, 'Z') : '';
}

/** The principal, and the session that it acted in. */
function who({ principal, session }: Event): string {
  return session === '' ? principal : `${principal} (${shortId(session)})`;
}

/** `t12`, `t12/notes/n3`; of another project than a task's the whole of it. */
function entity(name: string): string {
  return oneLine(name.replace(/^projects\/[^/]+\/(?:tasks\/)?/, ''));
}

/** What a check of the trail found. */
export function reportLines(report: AuditReport): string[] {
  const { from, to, groups, records, sound, anchors, problems, chain } = report;
  const lines = [
    `Checked ${records} records in ${groups} groups, from ${from?.sequence ?? 0} to ${to?.sequence ?? 0}.`,
    ...anchors.map(
      ({ source, sequence, matches, outOfReach }) =>
        `  ${source} at ${sequence}: ${outOfReach ? 'out of reach' : matches ? 'the same chain' : 'ANOTHER CHAIN'}`,
    ),
    ...problems.map((problem) => `DAMAGED: ${problem}`),
  ];
  if (!sound)
    return [...lines, 'The journal is not what it was when it was written. Keep a copy before anything else.'];
  const anchor = to ? `${positionText(to)}:${Buffer.from(chain).toString('hex')}` : '';
  return [...lines, 'Sound. Keep this elsewhere, and check against it later:', `  --anchor ${anchor}`];
}

/** What a trim removed, or would remove. */
export function trimLines({ oldest, segments, bytes, backup, limitedBy }: TrimJournalResult, would: boolean): string[] {
  const verb = would ? 'would go' : 'went';
  const rest = limitedBy === '' ? [] : [`Not more, because ${limitedBy}.`];
  if (segments === 0) return [`Nothing ${verb}: the journal begins at ${oldest}.`, ...rest];
  const base = backup === '' ? 'a backup is made first' : `${shortId(backup)} holds what was before`;
  return [`${segments} segments ${verb}, ${byteWords(bytes)}: the journal begins at ${oldest}, and ${base}.`, ...rest];
}
