import type { Command } from 'commander';
import {
  CheckLocksRequest,
  ListLocksRequest,
  LockServiceService,
  ReleaseLockRequest,
} from '../../gen/holdfast/v1/lock_service';
import { showList, tell } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import type { AcquireFlags } from '../lock/acquire';
import { acquireFlags, acquireRequest } from '../lock/acquire';
import { briefLock, lockTable } from '../lock/lock-view';
import { lockName, projectName, sessionName, shortId } from '../resource-name';
import { sessionAction } from '../session/session-run';
import { oneLine } from '../text-width';
import { msOf } from '../times';
import { parseCount } from '../whole-number';
import { addLockRun } from './lock-run';

/** Adds `lock` with its subcommands. */
export function addLock(program: Command, context: CliContext): void {
  const lock = program
    .command('lock')
    .description('Hold paths and keys, so that others leave them alone.')
    .addHelpText(
      'after',
      '\nA target is a path, which may end in /* (directly below) or /** (all below),\nor key:WORD. A lock ends with its session. It keeps out only those who ask.\n' +
        "\nExamples:\n  holdfast lock acquire 'src/api/**' --purpose refactoring\n  holdfast lock check src/api/server.ts\n  holdfast lock run key:deploy -- ./deploy.sh",
    );

  acquireFlags(lock.command('acquire'))
    .description('Take a lock over all targets, or wait for it.')
    .argument('<targets...>', "paths, as 'src/**', or key:WORD")
    .addHelpText('after', "\nExample:\n  holdfast lock acquire 'src/**' key:db --wait 1m")
    .action(
      sessionAction<AcquireFlags>(context, async (run, targets, flags) => {
        const { requestId, validateOnly } = run.settings;
        const request = { ...acquireRequest(run, targets, flags), requestId, validateOnly };
        const method = LockServiceService.acquireLock;
        const answer = await run.connection.call(method, request, request.wait ? msOf(request.wait) : 0);
        await tell(run, method, answer, (message) => (message.lock ? [briefLock(message.lock, Date.now())] : []));
      }),
    );

  lock
    .command('release')
    .description('End a lock that the session holds.')
    .argument('<lock>', 'its id')
    .option('--token <n>', "the lock's token; else that of the lock as it is")
    .addHelpText('after', '\nExample:\n  holdfast lock release l12')
    .action(
      sessionAction<{ token?: string }>(context, async (run, [typed], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        const name = lockName(project, typed!);
        const { connection } = run;
        const given = flags.token === undefined ? undefined : parseCount('--token', flags.token);
        const present =
          given === undefined
            ? (await connection.call(LockServiceService.getLock, { name, atLeast: undefined })).message.lock
            : undefined;
        const request = ReleaseLockRequest.fromPartial({
          name,
          // The token of somebody else's lock would end it: the server has to refuse instead.
          fencingToken: given ?? (present?.session === run.session ? present.fencingToken : 0),
          requestId,
          validateOnly,
        });
        const method = LockServiceService.releaseLock;
        const answer = await connection.call(method, request);
        await tell(run, method, answer, () => [`${shortId(name)} is released`]);
      }),
    );

  lock
    .command('list')
    .description('List the locks of the project.')
    .option('--of <session>', 'of this session')
    .option('--mine', 'of the session that acts')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast lock list --mine')
    .action(
      action<{ of?: string; mine?: boolean; limit: string; pageToken?: string }>(context, async (run, _args, flags) => {
        const { project, actor } = run.settings;
        if (flags.mine && !actor) throw usage('--mine needs a session that acts', 'Set AGENT_SESSION_ID.');
        const session = flags.mine ? actor!.name : flags.of && sessionName(project, flags.of);
        const { pageToken } = flags;
        await showList(
          run,
          LockServiceService.listLocks,
          ListLocksRequest.fromPartial({ parent: projectName(project), session, pageToken }),
          parseCount('--limit', flags.limit),
          (page) => page.locks,
          (last, locks) => ({ ...last, locks }),
          {
            brief: (one) => briefLock(one, Date.now()),
            table: (locks) => lockTable(locks, run.output.columns, Date.now()),
            nothing: 'No locks.',
          },
        );
      }),
    );

  addCheck(lock, context);
  addLockRun(lock, context);
}

function addCheck(lock: Command, context: CliContext): void {
  lock
    .command('check')
    .description('Say for each path whether somebody holds it. Exit code 4: another session holds one of them.')
    .argument('<paths...>', 'as they are locked: src/api/server.ts')
    .addHelpText('after', '\nExample:\n  holdfast lock check src/api/server.ts src/db/schema.sql')
    .action(
      action(context, async (run, paths) => {
        const request = CheckLocksRequest.fromPartial({ parent: projectName(run.settings.project), paths: [...paths] });
        const method = LockServiceService.checkLocks;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, (message) =>
          message.paths.flatMap(({ path, locks, heldByCaller, heldByOthers }) => {
            const state = heldByOthers ? 'held by others' : heldByCaller ? 'yours' : 'free';
            return [`${oneLine(path)}  ${state}`, ...locks.map((one) => `  ${briefLock(one, Date.now())}`)];
          }),
        );
        if (answer.message.paths.some(({ heldByOthers }) => heldByOthers)) context.setExitCode(exitCode.conflict);
      }),
    );
}
