// The door of the package: all that `@holdfast/client` gives. Messages that are not here are under `@holdfast/client/v1/...`.

export { connect, Holdfast } from './holdfast';
export type { ConnectOptions, SessionOptions, TlsOptions } from './options';
export type { CallOptions, EtagOptions, MutationOptions, ReadOptions } from './call-options';
export { HoldfastError, isHoldfastError } from './error';
export type { CodeName, HoldfastErrorOf } from './error';
export type { ReasonMetadata, ReasonName } from './reason';
export type { FieldViolation, ResourceOfError, Violation } from './status-details';
export type { ProjectFields, StringMap, TaskFields } from './fields';
export { Pages } from './pages';
export type { Tasks } from './tasks';
export type {
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
export type { TaskError } from './gen/holdfast/v1/work';
export { GraphDirection } from './gen/holdfast/v1/task_service';
export type { GetTaskGraphResponse, ListTasksResponse, QueryPlan } from './gen/holdfast/v1/task_service';
