import type { Command } from 'commander';
import { Backup as BackupCodec, BackupState } from '../../gen/holdfast/v1/backup';
import {
  BackupServiceService,
  CreateBackupRequest,
  DeleteBackupRequest,
  ListBackupsRequest,
  VerifyBackupRequest,
} from '../../gen/holdfast/v1/backup_service';
import { showList, tell } from '../answer';
import { backupLines, backupTable, briefBackup } from '../backup/backup-view';
import { action } from '../command-run';
import { confirm } from '../confirm';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { followWork } from '../follow-work';
import { shortId } from '../resource-name';
import { parseCount } from '../whole-number';

interface WorkFlags {
  wait: boolean;
}

/** Adds `backup` with its subcommands. */
export function addBackup(program: Command, context: CliContext): void {
  const backup = program
    .command('backup')
    .description('Make backups of the server, look at them, and check that they are good.')
    .addHelpText(
      'after',
      '\nThe server also makes them by itself; see: holdfast serve --print-config\n' +
        '\nExamples:\n  holdfast backup create before-the-move\n  holdfast backup list\n  holdfast backup verify before-the-move --deep',
    );

  backup
    .command('create')
    .description('Make a backup and verify it, while the server goes on serving.')
    .argument('[id]', 'its id; one from the time if it has none')
    .option('--description <text>', 'what it is for')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText('after', '\nExample:\n  holdfast backup create before-the-move --description "Before the move"')
    .action(
      action<WorkFlags & { description?: string }>(context, async (run, [id], flags) => {
        const { requestId, validateOnly } = run.settings;
        const { description } = flags;
        const request = CreateBackupRequest.fromPartial({ backupId: id, description, requestId, validateOnly });
        const answer = await run.connection.call(BackupServiceService.createBackup, request);
        await followWork(run, answer.message.operation, flags.wait, BackupCodec, (made) => [
          briefBackup(made, Date.now()),
        ]);
      }),
    );

  backup
    .command('verify')
    .description('Read a backup whole and hold it against its manifest. Exit code 70: it is damaged.')
    .argument('<backup>', 'its id')
    .option('--deep', 'open a copy of it and check every row, too')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText('after', '\nExample:\n  holdfast backup verify before-the-move --deep')
    .action(
      action<WorkFlags & { deep?: boolean }>(context, async (run, [typed], flags) => {
        const { requestId, validateOnly } = run.settings;
        const { deep } = flags;
        const request = VerifyBackupRequest.fromPartial({ name: backupName(typed!), deep, requestId, validateOnly });
        const answer = await run.connection.call(BackupServiceService.verifyBackup, request);
        await followWork(run, answer.message.operation, flags.wait, BackupCodec, (found) => {
          if (found.state === BackupState.VERIFIED) return [`${shortId(found.name)} is good`];
          context.setExitCode(exitCode.internal);
          return [`${shortId(found.name)} is damaged`, ...found.problems.map((problem) => `  ${problem}`)];
        });
      }),
    );

  backup
    .command('list')
    .description('List backups, newest first, damaged ones last.')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast backup list')
    .action(
      action<{ limit: string; pageToken?: string }>(context, async (run, _args, { limit, pageToken }) => {
        await showList(
          run,
          BackupServiceService.listBackups,
          ListBackupsRequest.fromPartial({ pageToken }),
          parseCount('--limit', limit),
          (page) => page.backups,
          (last, backups) => ({ ...last, backups }),
          {
            brief: (one) => briefBackup(one, Date.now()),
            table: (backups) => backupTable(backups, run.output.columns, Date.now()),
            nothing: 'No backups.',
          },
        );
      }),
    );

  backup
    .command('show')
    .alias('get')
    .description('Show a backup: where it stands, what is in it, whether it is good.')
    .argument('<backup>', 'its id')
    .addHelpText('after', '\nExample:\n  holdfast backup show before-the-move')
    .action(
      action(context, async (run, [typed]) => {
        const method = BackupServiceService.getBackup;
        const answer = await run.connection.call(method, { name: backupName(typed!) });
        await tell(run, method, answer, ({ backup: found }) => {
          if (!found) return [];
          return run.settings.form === 'brief' ? [briefBackup(found, Date.now())] : backupLines(found, Date.now());
        });
      }),
    );

  backup
    .command('delete')
    .description('Delete a backup for good. The last good one stays.')
    .argument('<backup>', 'its id')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  holdfast backup delete before-the-move --yes')
    .action(
      action<{ yes?: boolean }>(context, async (run, [typed], flags) => {
        const { requestId, validateOnly } = run.settings;
        const name = backupName(typed!);
        if (!flags.yes && !validateOnly && !(await confirm(context, `Delete the backup ${shortId(name)} for good?`))) {
          run.output.remark('Nothing was changed.');
          return context.setExitCode(exitCode.refused);
        }
        const method = BackupServiceService.deleteBackup;
        const request = DeleteBackupRequest.fromPartial({ name, requestId, validateOnly });
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, () => [`${shortId(name)} is gone`]);
      }),
    );
}

/** `backups/{id}` of an id or of such a name. */
export function backupName(typed: string): string {
  return typed.startsWith('backups/') ? typed : `backups/${typed}`;
}
