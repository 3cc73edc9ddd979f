// The door of the package: all that `@holdfast/client` gives. Messages that are not here are under `@holdfast/client/v1/...`.

export { connect, Holdfast } from './holdfast';
export type { ConnectOptions, SessionOptions, TlsOptions } from './options';
export type { CallOptions, EtagOptions, MutationOptions, ReadOptions } from './call-options';
export { HoldfastError, isHoldfastError } from './error';
export type { CodeName, HoldfastErrorOf } from './error';
export type { ReasonMetadata, ReasonName } from './reason';
export type { FieldViolation, ResourceOfError, Violation } from './status-details';
export type { JsonObject, ProjectFields, StringMap, TaskFields } from './fields';
export { Pages } from './pages';
export type { Tasks } from './tasks';
export type {
  ArtifactFields,
  ClaimNextOptions,
  CompleteHeldOptions,
  FailHeldOptions,
  FollowUp,
  Held,
} from './holder-verbs';
export type { ReleaseOptions } from './holder-verbs';
export { Session } from './session';
export type { BriefingOptions, EndOptions, Resumption, SessionEvents } from './session';
export type { ListSessionsOptions, ResumeOptions, Sessions, StartOptions } from './sessions';
export { Worker } from './worker';
export type { Outcome, TaskHandler, WorkerOptions } from './worker-options';
export type { AskOptions, TaskContext } from './task-context';
export { AnswerPending, Directed, HandBack, NonRetryable, WorkerStopped } from './task-outcome';
export type { GuardOptions, LockGuard } from './lock-guard';
export type { AcquireOptions, HeldLock, Locks, Target } from './locks';
export type { Agents } from './agents';
export type { QueueFields, Queues } from './queues';
export type { SaveCheckpointOptions } from './checkpoint-fields';
export type { Checkpoints, ListCheckpointsOptions } from './checkpoints';
export type { Bytes } from './checkpoint-bytes';
export type { ReadTranscriptOptions, TranscriptItemFields, Transcripts } from './transcripts';
export type { ListMemoriesOptions, Memories, PutMemoryOptions } from './memories';
export type { Messages, ReceiveOptions, Recipient, SendOptions } from './messages';
export type {
  ClaimOptions,
  CreateOptions,
  GetOptions,
  GraphOptions,
  ListOptions,
  PageOptions,
  ReasonOptions,
  UpdateOptions,
} from './task-options';
export type { Applied, PlannedChanges, PlannedOptions } from './apply';
export { bulkResultOf } from './bulk';
export type { BulkChange } from './bulk';
export type { ImportedTaskFields, ImportOptions, ImportProgress } from './import-tasks';
export type { Projects } from './projects';
export type { Events, ReadEventsOptions } from './events';
export type { Watch, WatchEntry, WatchOptions, WatchStart } from './watch';
export type { Operations } from './operations';
export { View } from './gen/holdfast/v1/common';
export type { Position } from './gen/holdfast/v1/common';
export type { Event, Resource } from './gen/holdfast/v1/event';
export type { Note } from './gen/holdfast/v1/note';
export { OperationState } from './gen/holdfast/v1/operation';
export type { Operation, OperationProgress } from './gen/holdfast/v1/operation';
export type { Project } from './gen/holdfast/v1/project';
export { DependencyKind, Priority, ReadinessReason, TaskState } from './gen/holdfast/v1/task';
export type { AcceptanceCriterion, Dependency, Readiness, Task } from './gen/holdfast/v1/task';
export { AttemptOutcome, DirectiveKind } from './gen/holdfast/v1/work';
export type {
  Artifact,
  Attempt,
  Directive,
  InputAnswer,
  InputExchange,
  InputRequest,
  Lease,
  RetryPolicy,
  Step,
  TaskError,
  TaskProgress,
  Timeouts,
} from './gen/holdfast/v1/work';
export { ConflictKind } from './gen/holdfast/v1/briefing';
export type { Briefing, BriefedTask, Conflict, Omission } from './gen/holdfast/v1/briefing';
export type { Checkpoint, CheckpointRetention, PendingWrite, TranscriptItem } from './gen/holdfast/v1/checkpoint';
export { LockMode } from './gen/holdfast/v1/lock';
export type { Lock, LockTarget } from './gen/holdfast/v1/lock';
export type { PathLocks } from './gen/holdfast/v1/lock_service';
export type { Memory } from './gen/holdfast/v1/memory';
export type { Message } from './gen/holdfast/v1/message';
export type { Queue, QueueCounts } from './gen/holdfast/v1/queue';
export { SessionState } from './gen/holdfast/v1/session';
export type { Agent, Session as SessionInfo } from './gen/holdfast/v1/session';
export type { HeartbeatSessionResponse, TaskDirective } from './gen/holdfast/v1/session_service';
export { GraphDirection } from './gen/holdfast/v1/task_service';
export type { ClaimTaskResponse, CompleteTaskResponse, EmptyClaim } from './gen/holdfast/v1/task_service';
export type { GetTaskGraphResponse, ListTasksResponse, QueryPlan } from './gen/holdfast/v1/task_service';
