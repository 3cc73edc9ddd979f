// VerifyAudit as long work.

import { VerifyAuditRequest } from '../../gen/holdfast/v1/event_service';
import { AuditReport } from '../../gen/holdfast/v1/system';
import { Pace } from '../../storage/backup/pace';
import { journalDir } from '../../storage/layout';
import { historyAt, recordsBetween } from '../../storage/journal/lineage';
import type { Backups } from '../backups/backups';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';
import type { LongWork, WorkContext } from '../operations/long-work';
import { anchorsOf, hex } from './anchors';
import { checkChain } from './check-chain';

export const VERIFY_AUDIT_TYPE = 'holdfast.v1.VerifyAuditRequest';

/** The work that recomputes the chain. `quiet` runs it while nothing is trimmed. */
export function verifyAuditWork(
  engine: Engine,
  backups: Backups,
  quiet: <Result>(work: () => Promise<Result>) => Promise<Result>,
): LongWork {
  return {
    type: VERIFY_AUDIT_TYPE,
    run: async (context) => {
      const report = await quiet(() => verifyAudit(engine, backups, context));
      return anyOf('holdfast.v1.AuditReport', AuditReport.encode(report).finish());
    },
  };
}

async function verifyAudit(engine: Engine, backups: Backups, context: WorkContext): Promise<AuditReport> {
  const { files, dir } = engine.options;
  const { journal } = engine.parts;
  const request = VerifyAuditRequest.decode(context.request);
  const known = await anchorsOf({ files, dir, backups: await backups.list(), asked: request.anchors });
  // After the anchors: none of them may lie above it.
  const [head, lineage, oldest] = [journal.head(), journal.lineage(), journal.oldest()];
  const running = {
    source: 'running server',
    history: journal.history,
    sequence: head.sequence,
    chain: hex(head.chain),
  };
  const anchors = [...known, running];
  const from = Math.max(oldest, (request.after?.sequence ?? 0) + 1);
  const pace = new Pace(backups.bytesPerSecond, context.signal);
  const total = recordsBetween(lineage, from - 1, head.sequence);
  let done = 0;
  const found = await checkChain({
    ...{ files, dir: journalDir(dir), from, oldest, head, lineage, anchors },
    onGroup: (bytes, records) => {
      done += records;
      context.report({ phase: 'verifying', done: Math.min(done, total), total, unit: 'records' });
      return pace.take(bytes);
    },
  });
  const positionOf = (sequence: number) => ({ history: historyAt(lineage, sequence), sequence });
  return {
    from: positionOf(found.first),
    to: positionOf(found.last),
    sound: found.problems.length === 0,
    groups: found.groups,
    records: found.records,
    chain: Buffer.from(found.chain),
    anchors: [...found.anchors],
    problems: [...found.problems],
  };
}
