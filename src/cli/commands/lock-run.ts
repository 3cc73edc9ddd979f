import type { Command } from 'commander';
import type { Lock } from '../../gen/holdfast/v1/lock';
import { LockServiceService, ReleaseLockRequest, RenewLockRequest } from '../../gen/holdfast/v1/lock_service';
import {
  EndSessionRequest,
  HeartbeatSessionRequest,
  SessionServiceService,
} from '../../gen/holdfast/v1/session_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { CallFailure, usage } from '../failure';
import type { AcquireFlags } from '../lock/acquire';
import { acquireFlags, acquireRequest } from '../lock/acquire';
import { briefLock } from '../lock/lock-view';
import { Child } from '../run/child';
import { splitAtDashes } from '../run/command-words';
import { keepAlive, repeat } from '../run/keep-alive';
import { actingRun, startSession } from '../session/session-run';
import { durationOf, msOf } from '../times';
import { uuidV7 } from '../uuid';

/** Who holds a lock for a person who is no agent. */
const strangerAgent = 'lock-run';
const strangerTtl = '1m';
/** Renewals for each ttl of a lock: two may be lost. */
const renewalsPerTtl = 3;

/** Adds `run` to `lock`. */
export function addLockRun(lock: Command, context: CliContext): void {
  const command = acquireFlags(lock.command('run'))
    .description('Run a program while a lock is held. The lock is released when the program has ended.')
    .usage('[flags] <targets...> -- <program> [arguments...]')
    .argument('<words...>', 'targets; behind --: the program and its arguments')
    .addHelpText(
      'after',
      '\nIt acts as the session of the environment, or starts one for its time. If the\nlock is lost, the program is stopped. The program has HOLDFAST_LOCK_TOKEN.\n' +
        "\nExample:\n  holdfast lock run 'migrations/**' key:db --wait 1m -- ./migrate.sh",
    );
  command.action(
    action<AcquireFlags>(context, async (run, args, flags) => {
      const { before, words } = splitAtDashes(command, args);
      if (before.length === 0) throw usage('which targets?', 'They stand before --.');
      await runLocked(run, before, words, flags);
    }),
  );
}

async function runLocked(
  run: Run,
  targets: readonly string[],
  words: readonly string[],
  flags: AcquireFlags,
): Promise<void> {
  const { context, output, connection } = run;
  const holder = await holderOf(run);
  let child: Child | undefined;
  const lost = (failure: CallFailure) => {
    output.failure(failure);
    output.remark('  The lock is lost; the program is stopped.');
    child?.stop();
  };
  // It may wait longer than its session would last without a sign of life.
  const stops = [keepAlive(run, holder.session, holder.ttlMs, { told: () => undefined, lost })];
  let lock: Lock | undefined;
  try {
    const request = { ...acquireRequest(run, targets, flags), requestId: run.settings.requestId };
    const waitMs = request.wait ? msOf(request.wait) : 0;
    lock = (await connection.call(LockServiceService.acquireLock, request, waitMs)).message.lock!;
    output.remark(`holdfast: ${briefLock(lock, Date.now())}`);
    if (lock.ttl) stops.push(renewing(run, lock, lost));
    child = await Child.start(context, words, { HOLDFAST_LOCK_TOKEN: String(lock.fencingToken) });
    context.setExitCode((await child.ended()).exitCode);
  } finally {
    for (const stop of stops) await stop();
    await leave(run, lock, holder);
  }
}

/** The session that the lock is of: that of the environment, or one of its own that ends with the command. */
async function holderOf(run: Run): Promise<{ session: string; ttlMs: number; own: boolean }> {
  const { settings, connection } = run;
  if (settings.actor) {
    const { session } = await actingRun(run);
    const request = HeartbeatSessionRequest.fromPartial({ name: session, requestId: uuidV7() });
    const { message } = await connection.call(SessionServiceService.heartbeatSession, request);
    return { session, ttlMs: message.session?.ttl ? msOf(message.session.ttl) : 0, own: false };
  }
  const agent = settings.agent ?? strangerAgent;
  const { message } = await startSession(run, { id: '', agent, ttl: durationOf('--ttl', strangerTtl), keep: false });
  const { name, ttl } = message.session!;
  return { session: name, ttlMs: ttl ? msOf(ttl) : 0, own: true };
}

function renewing(run: Run, lock: Lock, lost: (failure: CallFailure) => void): () => Promise<void> {
  const { name, fencingToken } = lock;
  const renew = async () => {
    const request = RenewLockRequest.fromPartial({ name, fencingToken, requestId: uuidV7() });
    await run.connection.call(LockServiceService.renewLock, request);
  };
  return repeat(run, msOf(lock.ttl!) / renewalsPerTtl, `lock ${name}`, renew, lost);
}

async function leave(run: Run, lock: Lock | undefined, holder: { session: string; own: boolean }): Promise<void> {
  const { connection, output } = run;
  try {
    if (holder.own) {
      const request = EndSessionRequest.fromPartial({ name: holder.session, requestId: uuidV7() });
      await connection.call(SessionServiceService.endSession, request);
    } else if (lock) {
      const { name, fencingToken } = lock;
      const request = ReleaseLockRequest.fromPartial({ name, fencingToken, requestId: uuidV7() });
      await connection.call(LockServiceService.releaseLock, request);
    }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    // What is gone already needs no release; anything else ends with the session.
    if (error.reason !== 'NOT_FOUND') output.remark(`holdfast: the lock could not be released: ${error.said}`);
  }
}
