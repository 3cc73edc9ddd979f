// Where a restore goes: to which sequence of which history.

import type { HistorySpan } from '../../storage/journal/journal';
import { formatBackup } from '../../domain/backup-name';
import { fieldInvalid, notFound, Refusal } from '../../domain/refusal';
import type { Position } from '../../gen/holdfast/v1/common';
import { isGood, listBackups } from '../../storage/backup/catalogue';
import type { GoodBackup, KeptBackup } from '../../storage/backup/catalogue';
import { historyAt, sequenceAfter } from '../../storage/journal/lineage';
import type { ReadableJournal, RestoreSource } from './source';

/** What was asked for. */
export interface RestoreAsked {
  /** The id of the backup to begin with; empty: the newest that serves. */
  readonly backup: string;
  /** To this sequence. An empty history is the one of the journal that has the sequence. */
  readonly position?: Position | undefined;
  /** To the last record at or before this journal time, in milliseconds since 1970. */
  readonly timeMs?: number | undefined;
}

export interface RestoreTarget {
  readonly history: string;
  readonly sequence: number;
  /** The histories up to there, oldest first. */
  readonly lineage: readonly HistorySpan[];
  /** Whether the journal has the record at the target. */
  readonly inJournal: boolean;
  /** The backups to try, best first. */
  readonly bases: readonly GoodBackup[];
  /** Backups that do not serve although they lie at or below the target, and why. */
  readonly passedOver: readonly string[];
}

/** Finds the target and the backups below it. Refuses with NOT_FOUND, INVALID_ARGUMENT, POSITION_UNKNOWN, POSITION_TOO_OLD or CORRUPTION. */
export async function findTarget(source: RestoreSource, asked: RestoreAsked): Promise<RestoreTarget> {
  const all = await listBackups(source.files, source.backups);
  const named = asked.backup === '' ? undefined : all.find(({ id }) => id === asked.backup);
  if (asked.backup !== '' && !named) throw notFound('backup', formatBackup(asked.backup));
  const { history, sequence, lineage } = await whereTo(source.journal, asked, named);
  const inJournal = holds(source.journal, history, sequence);
  const passedOver: string[] = [];
  const bases: GoodBackup[] = [];
  for (const backup of named ? [named] : all) {
    const why = await unfit(source.journal, { history, sequence, lineage, inJournal }, backup);
    if (why === undefined) bases.push(backup as GoodBackup);
    else if (named || why !== BEYOND) passedOver.push(`${formatBackup(backup.id)}: ${why}`);
  }
  const target = { history, sequence, lineage, inJournal, bases, passedOver };
  const fromJournal = !named && inJournal && source.journal?.floor() === 0;
  if (bases.length === 0 && !fromJournal) throw unreachable(source.journal, target, named);
  return target;
}

const BEYOND = 'it lies behind the target';

interface Where {
  readonly history: string;
  readonly sequence: number;
  readonly lineage: readonly HistorySpan[];
}

async function whereTo(
  journal: ReadableJournal | undefined,
  { position, timeMs }: RestoreAsked,
  named: KeptBackup | undefined,
): Promise<Where> {
  if (position !== undefined) return atPosition(journal, position, named);
  if (timeMs !== undefined) return atTime(journal, timeMs);
  if (!named) throw fieldInvalid('name', 'must name a backup unless a position or a time is given');
  if (!isGood(named)) throw damaged([`${formatBackup(named.id)}: ${named.problems.join('; ')}`]);
  const { history, sequence, lineage } = named.manifest;
  return { history, sequence, lineage };
}

function atPosition(journal: ReadableJournal | undefined, position: Position, named: KeptBackup | undefined): Where {
  const { sequence } = position;
  if (!Number.isSafeInteger(sequence) || sequence < 1) {
    throw fieldInvalid('position.sequence', 'must be a sequence that was given: 1 or more');
  }
  const spans = journal?.lineage() ?? [];
  const history = position.history === '' && spans.length > 0 ? historyAt(spans, sequence) : position.history;
  const span = spans.find((one) => one.history === history);
  if (span !== undefined && sequence <= span.last && sequenceAfter(spans, sequence - 1) === sequence) {
    return { history: historyAt(spans, sequence), sequence, lineage: upTo(spans, sequence) };
  }
  // Without the journal a backup of exactly this position will do.
  if (named && isGood(named) && named.manifest.sequence === sequence) {
    const { history: itsOwn, lineage } = named.manifest;
    if (position.history === '' || position.history === itsOwn) return { history: itsOwn, sequence, lineage };
  }
  throw positionUnknown(journal);
}

async function atTime(journal: ReadableJournal | undefined, timeMs: number): Promise<Where> {
  if (journal === undefined) throw positionUnknown(journal);
  const sequence = await journal.sequenceAtTime(timeMs);
  if (sequence < journal.oldest()) throw tooOld(journal);
  const spans = journal.lineage();
  return { history: historyAt(spans, sequence), sequence, lineage: upTo(spans, sequence) };
}

function upTo(spans: readonly HistorySpan[], sequence: number): HistorySpan[] {
  return spans
    .filter(({ first }) => first <= sequence)
    .map((span) => (span.last > sequence ? { ...span, last: sequence } : span));
}

function holds(journal: ReadableJournal | undefined, history: string, sequence: number): boolean {
  if (journal === undefined || sequence < journal.oldest() || sequence > journal.head().sequence) return false;
  return historyAt(journal.lineage(), sequence) === history;
}

/** Why a backup is no base of the target; undefined if it is one, as far as its manifest says. */
async function unfit(
  journal: ReadableJournal | undefined,
  target: Where & { readonly inJournal: boolean },
  backup: KeptBackup,
): Promise<string | undefined> {
  if (!isGood(backup)) return backup.problems.join('; ');
  const { history, sequence, chain } = backup.manifest;
  if (sequence > target.sequence) return BEYOND;
  const span = target.lineage.find((one) => one.history === history);
  if (span === undefined || sequence > span.last) return 'it is of a history that the target does not come from';
  if (sequence === target.sequence && history === target.history) return undefined;
  if (journal === undefined || !target.inJournal || sequence < journal.floor()) {
    return 'the journal does not reach from it to the target';
  }
  const found = await journal.chainAfter(sequence).catch(() => undefined);
  if (found !== undefined && Buffer.from(found).toString('hex') === chain) return undefined;
  return `the journal has another chain at ${sequence} than it had when the backup was made`;
}

function unreachable(
  journal: ReadableJournal | undefined,
  { passedOver, sequence }: RestoreTarget,
  named: KeptBackup | undefined,
): Refusal {
  if (passedOver.length > 0 && (!named || !isGood(named))) return damaged(passedOver);
  if (named) {
    const why = passedOver[0] ?? '';
    return fieldInvalid('name', `cannot be where a restore to sequence ${sequence} begins: ${why}`);
  }
  return tooOld(journal);
}

export function damaged(passedOver: readonly string[]): Refusal {
  return new Refusal(
    'CORRUPTION',
    `no backup at or below the target serves: ${passedOver.slice(0, 5).join('. ')}. Choose a later target, or another backup`,
  );
}

function tooOld(journal: ReadableJournal | undefined): Refusal {
  const oldest = journal?.oldest() ?? 0;
  return new Refusal(
    'POSITION_TOO_OLD',
    `the journal begins at sequence ${oldest}, and no backup at or below the target is left: choose a later one`,
    { metadata: { oldest: String(oldest) } },
  );
}

function positionUnknown(journal: ReadableJournal | undefined): Refusal {
  if (journal === undefined) {
    const advice = 'name a backup, and no position or time: the moment of the backup can be restored';
    return new Refusal('POSITION_UNKNOWN', `nothing of the journal can be read: ${advice}`);
  }
  const { history } = journal;
  const { sequence } = journal.head();
  return new Refusal(
    'POSITION_UNKNOWN',
    `the position is none of this history, which ends at sequence ${sequence}, nor of one that it comes from`,
    { metadata: { history, sequence: String(sequence) } },
  );
}
