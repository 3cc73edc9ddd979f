import { Record as RecordCodec, Verb } from '../gen/holdfast/journal/v1/journal';
import type { Boot, Change, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Action, Caller, Command, Decision } from '../domain/command';
import { decide } from '../domain/decide';
import type { HeldLocks } from '../domain/locks/held-locks';
import { Refusal } from '../domain/refusal';
import { replyChanges } from '../domain/reply';
import { imageOf } from '../domain/row-image';
import { effectsOf } from '../storage/state/effect';
import type { Digest, RequestFact, State, Tallies } from '../storage/state/state';
import type { JournalClock } from './clock';
import { DecidedView } from './decided-view';
import type { DecidedEffects, LaidRecord, Overlay } from './overlay';
import { requestKey } from './overlay';
import type { UuidSource } from './uuid';

const VERBS: { readonly [kind in Action['kind']]: Verb } = {
  createProject: Verb.CREATE_PROJECT,
  updateProject: Verb.UPDATE_PROJECT,
  deleteProject: Verb.DELETE_PROJECT,
  undeleteProject: Verb.UNDELETE_PROJECT,
  purgeProject: Verb.PURGE_PROJECT,
  updateQueue: Verb.UPDATE_QUEUE,
  purgeProjectRows: Verb.PURGE_PROJECT,
  createTask: Verb.CREATE_TASK,
  batchCreateTasks: Verb.BATCH_CREATE_TASKS,
  updateTask: Verb.UPDATE_TASK,
  deleteTask: Verb.DELETE_TASK,
  undeleteTask: Verb.UNDELETE_TASK,
  purgeTask: Verb.PURGE_TASK,
  completeTask: Verb.COMPLETE_TASK,
  failTask: Verb.FAIL_TASK,
  cancelTask: Verb.CANCEL_TASK,
  pauseTask: Verb.PAUSE_TASK,
  resumeTask: Verb.RESUME_TASK,
  retryTask: Verb.RETRY_TASK,
  reopenTask: Verb.REOPEN_TASK,
  startOperation: Verb.START_OPERATION,
  startWork: Verb.START_OPERATION,
  advanceOperation: Verb.ADVANCE_OPERATION,
  changeHealth: Verb.CHANGE_HEALTH,
  repairRow: Verb.REPAIR_ROW,
  completeRecovery: Verb.COMPLETE_RECOVERY,
  cancelOperation: Verb.CANCEL_OPERATION,
  purgeOperation: Verb.PURGE_OPERATION,
  addDependency: Verb.ADD_DEPENDENCY,
  removeDependency: Verb.REMOVE_DEPENDENCY,
  applyMutations: Verb.APPLY_MUTATIONS,
  addNote: Verb.ADD_NOTE,
  acquireLock: Verb.ACQUIRE_LOCK,
  renewLock: Verb.RENEW_LOCK,
  releaseLock: Verb.RELEASE_LOCK,
  expireLock: Verb.EXPIRE_LOCK,
  startSession: Verb.START_SESSION,
  heartbeatSession: Verb.HEARTBEAT_SESSION,
  renewSession: Verb.HEARTBEAT_SESSION,
  endSession: Verb.END_SESSION,
  resumeSession: Verb.RESUME_SESSION,
  expireSession: Verb.EXPIRE_SESSION,
  importTasks: Verb.IMPORT_TASKS,
  releaseImport: Verb.RELEASE_IMPORT,
  claimTask: Verb.CLAIM_TASK,
  heartbeatTask: Verb.HEARTBEAT_TASK,
  releaseTask: Verb.RELEASE_TASK,
  requestInput: Verb.REQUEST_INPUT,
  provideInput: Verb.PROVIDE_INPUT,
  acknowledgeDirective: Verb.ACKNOWLEDGE_DIRECTIVE,
  rejectTask: Verb.REJECT_TASK,
  putStep: Verb.PUT_STEP,
  expireTask: Verb.EXPIRE_TASK,
  saveCheckpoint: Verb.SAVE_CHECKPOINT,
  putCheckpointWrites: Verb.PUT_CHECKPOINT_WRITES,
  copyCheckpoints: Verb.COPY_CHECKPOINTS,
  deleteCheckpoints: Verb.DELETE_CHECKPOINTS,
  setCheckpointRetention: Verb.SET_CHECKPOINT_RETENTION,
  expireCheckpoints: Verb.EXPIRE_CHECKPOINTS,
  appendTranscript: Verb.APPEND_TRANSCRIPT,
  popTranscript: Verb.POP_TRANSCRIPT,
  clearTranscript: Verb.CLEAR_TRANSCRIPT,
  purgeBlob: Verb.PURGE_BLOB,
  putMemory: Verb.PUT_MEMORY,
  deleteMemory: Verb.DELETE_MEMORY,
  expireMemory: Verb.EXPIRE_MEMORY,
  sendMessage: Verb.SEND_MESSAGE,
  acknowledgeMessages: Verb.ACKNOWLEDGE_MESSAGES,
  expireMessage: Verb.EXPIRE_MESSAGE,
};

const NO_BYTES = Buffer.alloc(0);

/** A decided record, ready to be laid over the state and appended. */
export interface DecidedRecord extends DecidedEffects {
  readonly encoded: Uint8Array;
  readonly replies: readonly Change[];
}

export interface DeciderParts {
  readonly state: State;
  readonly overlay: Overlay;
  readonly clock: JournalClock;
  readonly uuids: UuidSource;
  /** Counts and digest at the decided mark; the decider alone moves them. */
  readonly tallies: Tallies;
  readonly digest: Digest;
  /** The live locks at the decided mark; the decider alone moves them once it decides. */
  readonly locks: HeldLocks;
  /** Whether records say from where they were asked, and in which trace; unset: they do. */
  readonly auditTrail?: boolean | undefined;
}

/**
 * Turns commands into records.
 *
 * D1. `decide` changes nothing: it may be asked again (after a heal, or after more room was made).
 * D2. `accept` folds a record into overlay, counts and digest; the next decision sees it.
 */
export class Decider {
  /** What decisions see. */
  readonly view: DecidedView;
  /** Journal time of this start. */
  private bootMs = 0;

  constructor(private readonly parts: DeciderParts) {
    this.view = new DecidedView(parts.overlay, parts.state, parts.tallies, parts.locks);
  }

  /** An earlier use of the command's request id, or undefined. Throws REQUEST_ID_REUSED if it was for another request. */
  earlier(command: Command): RequestFact | undefined {
    const { requestId, requestHash, caller } = command;
    if (requestId === undefined || requestHash === undefined) return undefined;
    const fact =
      this.parts.overlay.topRequest(requestKey(caller.principal, requestId)) ??
      this.parts.state.request(caller.principal, requestId);
    if (fact !== undefined && Buffer.compare(fact.hash, requestHash) !== 0) {
      throw new Refusal(
        'REQUEST_ID_REUSED',
        'request_id was used for another request within the last 24 to 48 hours; use a fresh one for a new request',
        { fields: [{ field: 'request_id', description: 'was used for another request' }] },
      );
    }
    return fact;
  }

  /** Throws a Refusal, DamagedRow, or what else the rules throw. */
  decide(command: Command, sequence: number): DecidedRecord {
    const nowMs = this.parts.clock.nowMs();
    const uid = (): string => this.parts.uuids.next(nowMs);
    const decision = decide(this.view, command, { sequence, nowMs, uid, bootMs: this.bootMs });
    const caller = this.parts.auditTrail === false ? untraced(command.caller) : command.caller;
    const record = recordOf(VERBS[command.kind], sequence, nowMs, caller, decision);
    // A claim that was given nothing may have renewed its session: asked again, it looks again.
    const isEmptyClaim = command.kind === 'claimTask' && decision.reply.length === 0;
    if (command.requestId !== undefined && !isEmptyClaim) {
      record.requestId = command.requestId;
      record.requestHash = command.requestHash ?? NO_BYTES;
    }
    return this.finish(record, replyChanges(decision));
  }

  /** The record of a start. */
  boot(boot: Boot, caller: Caller, sequence: number): DecidedRecord {
    const record = recordOf(Verb.BOOT, sequence, this.parts.clock.nowMs(), caller, {
      changes: [],
      unchanged: [],
      reply: [],
    });
    record.boot = boot;
    this.bootMs = record.timeMs;
    return this.finish(record, []);
  }

  /** Makes a decided record part of what the next decision sees. */
  accept(decided: DecidedRecord): LaidRecord {
    for (const { change, entityHash, row, derived } of decided.effects) {
      this.parts.tallies.add(change, derived);
      this.parts.locks.fold(change);
      this.parts.digest.replace(entityHash, change.previousCrc, row?.crc ?? 0);
    }
    return this.parts.overlay.lay(decided);
  }

  private finish(record: JournalRecord, replies: readonly Change[]): DecidedRecord {
    const encoded = imageOf(RecordCodec, record);
    return { record, effects: effectsOf(record), bytes: encoded.length, encoded, replies };
  }
}

/** What recovery needs of a caller: who, in which session. */
function untraced({ principal, session, sessionToken }: Caller): Caller {
  return { principal, session, sessionToken };
}

function recordOf(verb: Verb, sequence: number, timeMs: number, caller: Caller, decision: Decision): JournalRecord {
  const { trace } = caller;
  return {
    sequence,
    timeMs,
    verb,
    principal: caller.principal,
    session: caller.session,
    requestId: NO_BYTES,
    requestHash: NO_BYTES,
    trace: trace === undefined ? NO_BYTES : Buffer.concat([trace.traceId, trace.spanId, Buffer.of(trace.flags)]),
    traceState: trace?.state ?? '',
    changes: decision.changes as Change[],
    reply: decision.reply as number[],
    boot: undefined,
    lineage: undefined,
    origin: caller.origin ?? '',
  };
}
