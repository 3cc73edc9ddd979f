import type {
  CreateProjectRequest,
  DeleteProjectRequest,
  UndeleteProjectRequest,
  UpdateProjectRequest,
} from '../gen/holdfast/v1/project_service';
import type {
  AcknowledgeDirectiveRequest,
  AddDependencyRequest,
  AddNoteRequest,
  ApplyMutationsRequest,
  BatchCreateTasksRequest,
  BulkChangeTasksRequest,
  CancelTaskRequest,
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  DeleteTaskRequest,
  FailTaskRequest,
  HeartbeatTaskRequest,
  PauseTaskRequest,
  ProvideInputRequest,
  PutStepRequest,
  RejectTaskRequest,
  ReleaseTaskRequest,
  RemoveDependencyRequest,
  RequestInputRequest,
  ReopenTaskRequest,
  ResumeTaskRequest,
  RetryTaskRequest,
  UndeleteTaskRequest,
  UpdateTaskRequest,
} from '../gen/holdfast/v1/task_service';
import type { UpdateQueueRequest } from '../gen/holdfast/v1/queue_service';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import type { Any } from '../gen/google/protobuf/any';
import type { DeleteMemoryRequest, PutMemoryRequest } from '../gen/holdfast/v1/memory_service';
import type { AcknowledgeMessagesRequest, SendMessageRequest } from '../gen/holdfast/v1/message_service';
import type { CancelOperationRequest } from '../gen/holdfast/v1/operation_service';
import type {
  AppendTranscriptRequest,
  ClearTranscriptRequest,
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  EndSessionRequest,
  HeartbeatSessionRequest,
  PopTranscriptRequest,
  PutCheckpointWritesRequest,
  ResumeSessionRequest,
  SaveCheckpointRequest,
  SetCheckpointRetentionRequest,
  StartSessionRequest,
} from '../gen/holdfast/v1/session_service';
import type { AcquireLockRequest, ReleaseLockRequest, RenewLockRequest } from '../gen/holdfast/v1/lock_service';
import type { RecoveryReport, Repair } from '../gen/holdfast/v1/recovery';
import type { Health } from '../gen/holdfast/v1/system';
import type { LockQueue } from './locks/lock-queue';
import type {
  ImportedChunk,
  ImportRelease,
  ListedLine,
  OperationAdvance,
  OwnRow,
  ProjectRows,
  SessionRemains,
  WorkStart,
} from './own-requests';

/** W3C trace context in its binary form. */
export interface TraceContext {
  /** 16 bytes. */
  readonly traceId: Uint8Array;
  /** 8 bytes: the span that asked. */
  readonly spanId: Uint8Array;
  /** Bit 0: sampled. */
  readonly flags: number;
  /** The tracestate header; empty for none. */
  readonly state: string;
}

/** Who asks. */
export interface Caller {
  /** `local` until there is identity; `system` for the server's own commands. */
  readonly principal: string;
  /** The session's name as the caller gave it; empty for none. */
  readonly session: string;
  /** What proves that the caller is that session; empty for none. */
  readonly sessionToken: string;
  /** From where: the address and the program; absent for the server's own commands. */
  readonly origin?: string | undefined;
  readonly trace?: TraceContext | undefined;
}

/** The principal of connections until there is identity. */
export const PRINCIPAL_LOCAL = 'local';
/** The principal of what the server itself decides: boots and purges. */
export const PRINCIPAL_SYSTEM = 'system';

/** What is asked, by verb. */
export type Action =
  | { readonly kind: 'createProject'; readonly request: CreateProjectRequest }
  | { readonly kind: 'updateProject'; readonly request: UpdateProjectRequest }
  | { readonly kind: 'deleteProject'; readonly request: DeleteProjectRequest }
  | { readonly kind: 'undeleteProject'; readonly request: UndeleteProjectRequest }
  | { readonly kind: 'purgeProject'; readonly request: { readonly name: string } }
  | { readonly kind: 'purgeProjectRows'; readonly request: ProjectRows }
  | { readonly kind: 'updateQueue'; readonly request: UpdateQueueRequest }
  | { readonly kind: 'createTask'; readonly request: CreateTaskRequest }
  | { readonly kind: 'batchCreateTasks'; readonly request: BatchCreateTasksRequest }
  | { readonly kind: 'updateTask'; readonly request: UpdateTaskRequest }
  | { readonly kind: 'deleteTask'; readonly request: DeleteTaskRequest }
  | { readonly kind: 'undeleteTask'; readonly request: UndeleteTaskRequest }
  | { readonly kind: 'purgeTask'; readonly request: { readonly name: string } }
  | { readonly kind: 'completeTask'; readonly request: CompleteTaskRequest }
  | { readonly kind: 'failTask'; readonly request: FailTaskRequest }
  | {
      readonly kind: 'cancelTask';
      readonly request: CancelTaskRequest;
      /** With cascade: the live descendants as a listing saw them. The decision checks them by points and refuses with
       *  `CascadeChanged` if one is missing; the caller lists again. */
      readonly descendants?: readonly string[];
    }
  | { readonly kind: 'pauseTask'; readonly request: PauseTaskRequest }
  | { readonly kind: 'resumeTask'; readonly request: ResumeTaskRequest }
  | { readonly kind: 'retryTask'; readonly request: RetryTaskRequest }
  | { readonly kind: 'reopenTask'; readonly request: ReopenTaskRequest }
  | {
      readonly kind: 'startOperation';
      readonly request: BulkChangeTasksRequest;
      /** The request, encoded: the operation keeps it, and the rules load no codecs of requests. */
      readonly metadata: Any;
    }
  | { readonly kind: 'startWork'; readonly request: WorkStart }
  | { readonly kind: 'advanceOperation'; readonly request: OperationAdvance }
  | { readonly kind: 'changeHealth'; readonly request: Health }
  | { readonly kind: 'repairRow'; readonly request: Repair }
  | { readonly kind: 'completeRecovery'; readonly request: RecoveryReport }
  | { readonly kind: 'cancelOperation'; readonly request: CancelOperationRequest }
  | { readonly kind: 'purgeOperation'; readonly request: { readonly name: string } }
  | { readonly kind: 'addDependency'; readonly request: AddDependencyRequest }
  | { readonly kind: 'removeDependency'; readonly request: RemoveDependencyRequest }
  | { readonly kind: 'applyMutations'; readonly request: ApplyMutationsRequest }
  | { readonly kind: 'addNote'; readonly request: AddNoteRequest }
  | { readonly kind: 'importTasks'; readonly request: ImportedChunk }
  | { readonly kind: 'putMemory'; readonly request: PutMemoryRequest }
  | { readonly kind: 'deleteMemory'; readonly request: DeleteMemoryRequest }
  | { readonly kind: 'expireMemory'; readonly request: OwnRow }
  | { readonly kind: 'sendMessage'; readonly request: SendMessageRequest }
  | { readonly kind: 'acknowledgeMessages'; readonly request: AcknowledgeMessagesRequest }
  | { readonly kind: 'expireMessage'; readonly request: OwnRow }
  | { readonly kind: 'releaseImport'; readonly request: ImportRelease }
  | {
      readonly kind: 'acquireLock';
      readonly request: AcquireLockRequest;
      /** Who asked before, and who waits for whom: the parking of locks knows. */
      readonly queue?: LockQueue;
    }
  | { readonly kind: 'renewLock'; readonly request: RenewLockRequest }
  | { readonly kind: 'releaseLock'; readonly request: ReleaseLockRequest }
  | { readonly kind: 'expireLock'; readonly request: OwnRow }
  | {
      readonly kind: 'claimTask';
      readonly request: ClaimTaskRequest;
      /** Without a name: the ids of the next ready tasks in the order of claiming, as a window has them. The decision checks them by points. */
      readonly candidates?: readonly string[];
    }
  | { readonly kind: 'heartbeatTask'; readonly request: HeartbeatTaskRequest }
  | { readonly kind: 'releaseTask'; readonly request: ReleaseTaskRequest }
  | { readonly kind: 'requestInput'; readonly request: RequestInputRequest }
  | { readonly kind: 'provideInput'; readonly request: ProvideInputRequest }
  | { readonly kind: 'acknowledgeDirective'; readonly request: AcknowledgeDirectiveRequest }
  | { readonly kind: 'rejectTask'; readonly request: RejectTaskRequest }
  | { readonly kind: 'putStep'; readonly request: PutStepRequest }
  | { readonly kind: 'startSession'; readonly request: StartSessionRequest }
  | { readonly kind: 'heartbeatSession'; readonly request: HeartbeatSessionRequest }
  | { readonly kind: 'renewSession'; readonly request: OwnRow }
  | { readonly kind: 'endSession'; readonly request: EndSessionRequest }
  | { readonly kind: 'resumeSession'; readonly request: ResumeSessionRequest }
  | {
      readonly kind: 'expireSession';
      readonly request: OwnRow;
      /** What the session has saved, as a listing saw it. */
      readonly remains?: SessionRemains | undefined;
    }
  | { readonly kind: 'expireTask'; readonly request: OwnRow }
  | {
      readonly kind: 'saveCheckpoint';
      readonly request: SaveCheckpointRequest;
      /** The ids of the oldest checkpoints of the line as a listing saw them: the retention takes from there. */
      readonly listed?: readonly string[] | undefined;
    }
  | { readonly kind: 'putCheckpointWrites'; readonly request: PutCheckpointWritesRequest }
  | {
      readonly kind: 'copyCheckpoints';
      readonly request: CopyCheckpointsRequest;
      /** What a listing saw of the line that is copied. */
      readonly line?: ListedLine | undefined;
    }
  | {
      readonly kind: 'deleteCheckpoints';
      readonly request: DeleteCheckpointsRequest;
      /** Without names: the ids that a listing saw in the namespace, oldest first. */
      readonly listed?: readonly string[] | undefined;
    }
  | {
      readonly kind: 'setCheckpointRetention';
      readonly request: SetCheckpointRetentionRequest;
      /** As for saveCheckpoint. */
      readonly listed?: readonly string[] | undefined;
    }
  | {
      readonly kind: 'expireCheckpoints';
      readonly request: OwnRow;
      /** As for saveCheckpoint. */
      readonly listed?: readonly string[] | undefined;
    }
  | { readonly kind: 'appendTranscript'; readonly request: AppendTranscriptRequest }
  | { readonly kind: 'popTranscript'; readonly request: PopTranscriptRequest }
  | {
      readonly kind: 'clearTranscript';
      readonly request: ClearTranscriptRequest;
      /** The last index that goes; undefined for all. */
      readonly through?: number | undefined;
    }
  | { readonly kind: 'purgeBlob'; readonly request: OwnRow };

/** A request on its way to a decision. */
export type Command = Action & {
  readonly caller: Caller;
  /** 16 bytes, or undefined for none. */
  readonly requestId?: Buffer | undefined;
  /** First 16 bytes of SHA-256 over the canonical request; set with `requestId`. */
  readonly requestHash?: Buffer | undefined;
  /** Decide and answer, but change nothing. */
  readonly validateOnly: boolean;
};

/** What a decision may know of the world besides the view: all of it is data. */
export interface DecisionContext {
  /** The sequence that the record gets if the command is accepted. */
  readonly sequence: number;
  /** Journal time in milliseconds since 1970. */
  readonly nowMs: number;
  /** A fresh UUIDv7 each call. */
  readonly uid: () => string;
  /** Journal time of this start, in milliseconds since 1970: leases get a full ttl from here. */
  readonly bootMs: number;
}

/** What an accepted command does. */
export interface Decision {
  /** At most one for each row. None: nothing changes, there is no record, and `unchanged` holds what the reply names. */
  readonly changes: readonly Change[];
  /** Without changes: rows as they stand, in the form of changes. */
  readonly unchanged: readonly Change[];
  /** The indices in `changes`, or without changes in `unchanged`, of the entities that the reply names, in its order. */
  readonly reply: readonly number[];
}
