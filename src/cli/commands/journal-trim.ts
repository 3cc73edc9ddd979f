import type { Command } from 'commander';
import { SystemServiceService, TrimJournalRequest, TrimJournalResult } from '../../gen/holdfast/v1/system_service';
import { tell } from '../answer';
import { trimLines } from '../audit-view';
import type { Run } from '../command-run';
import { action } from '../command-run';
import { confirm } from '../confirm';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { followWork } from '../follow-work';
import { parsePosition } from '../position';
import { durationOf } from '../times';

interface TrimFlags {
  from?: string;
  keep?: string;
  yes?: boolean;
  wait: boolean;
}

/** Adds `journal trim`: of a running server, unlike the rest of `journal`. */
export function addJournalTrim(journal: Command, context: CliContext): void {
  journal
    .command('trim')
    .description(
      'Remove old segments from the journal of the running server, with a verified backup under what is left.',
    )
    .option('--keep <duration>', 'keep what is younger than this: 90d')
    .option('--from <position>', 'keep everything from this sequence on, or from HISTORY:SEQUENCE')
    .option('--yes', 'do not ask')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText(
      'after',
      '\nThe audit trail and the revisions before are gone then: export them first.\n' +
        '\nExamples:\n  holdfast journal trim --keep 90d --validate-only\n  holdfast journal trim --keep 90d --yes',
    )
    .action(
      action<TrimFlags>(context, async (run, _args, flags) => {
        const { requestId, validateOnly } = run.settings;
        const keep = await keepOf(run, flags);
        const method = SystemServiceService.trimJournal;
        const plan = TrimJournalRequest.fromPartial({ keep, validateOnly: true });
        const dry = await run.connection.call(method, plan);
        const planned = (would: boolean): string[] => (dry.message.plan ? trimLines(dry.message.plan, would) : []);
        if (validateOnly) return tell(run, method, dry, () => planned(true));
        if (dry.message.plan?.segments === 0) return tell(run, method, dry, () => planned(false));
        if (!flags.yes && !(await confirm(context, `${planned(true)[0]} Remove them for good?`))) {
          run.output.remark('Nothing was changed.');
          return context.setExitCode(exitCode.refused);
        }
        const { message } = await run.connection.call(method, TrimJournalRequest.fromPartial({ keep, requestId }));
        await followWork(run, message.operation, flags.wait, TrimJournalResult, (result) => trimLines(result, false));
      }),
    );
}

async function keepOf({ connection }: Run, { from, keep }: TrimFlags): Promise<TrimJournalRequest['keep']> {
  if ((from === undefined) === (keep === undefined)) throw usage('give --keep or --from: what stays');
  if (keep !== undefined) return { $case: 'age', value: durationOf('--keep', keep)! };
  return { $case: 'from', value: await parsePosition(connection, '--from', from!) };
}
