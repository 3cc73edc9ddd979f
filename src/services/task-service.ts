import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { notFound } from '../domain/refusal';
import type { Executed } from '../engine/executed';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { View } from '../gen/holdfast/v1/common';
import { TaskServiceService } from '../gen/holdfast/v1/task_service';
import type {
  ApplyMutationsRequest,
  ClaimTaskRequest,
  GetArtifactRequest,
  GetTaskRequest,
} from '../gen/holdfast/v1/task_service';
import { getArtifact } from './artifacts';
import { bulkChangeTasks } from './bulk-change-tasks';
import { cancelTask } from './cancel-task';
import { claimTask } from './claim-task';
import { completeTask } from './complete-task';
import { importTasks } from './import-tasks';
import { commandOf } from './command-of';
import { serve, unary } from './method';
import { listNotes } from './notes';
import { lookingNow, readyNow } from './readiness';
import { findTask } from './reading';
import { mutation, taskReply, tasksIn } from './replies';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import { executeWithBytes } from './stored-bytes';
import { getSteps, stepReply } from './steps';
import { getTaskGraph } from './task-graph';
import { listTasks } from './task-list';
import { listTaskRevisions, revisionOf, taskAtRevision } from './task-revisions';
import { withAllWork, withWork } from './task-work';
import { taskInView } from './view-of';

/** Serves holdfast.v1.TaskService. */
export function addTaskService(server: Server, context: ServiceContext): void {
  server.addService(serve(TaskServiceService), {
    createTask: mutation(context, 'createTask'),
    batchCreateTasks: mutation(context, 'batchCreateTasks', batchReply),
    getTask: unary(context, (request: GetTaskRequest) => getTask(context, request)),
    updateTask: mutation(context, 'updateTask'),
    listTasks: unary(context, listTasks(context)),
    deleteTask: mutation(context, 'deleteTask'),
    undeleteTask: mutation(context, 'undeleteTask'),
    listTaskRevisions: unary(context, listTaskRevisions(context)),
    claimTask: unary(context, (request: ClaimTaskRequest, caller, call) => claimTask(context, request, caller, call)),
    heartbeatTask: mutation(context, 'heartbeatTask', taskReply),
    releaseTask: mutation(context, 'releaseTask', taskReply),
    completeTask: unary(context, completeTask(context)),
    failTask: mutation(context, 'failTask', taskReply),
    requestInput: mutation(context, 'requestInput', taskReply),
    provideInput: mutation(context, 'provideInput', taskReply),
    acknowledgeDirective: mutation(context, 'acknowledgeDirective', taskReply),
    rejectTask: mutation(context, 'rejectTask', taskReply),
    putStep: mutation(context, 'putStep', stepReply),
    getArtifact: unary(context, (request: GetArtifactRequest) => getArtifact(context, request)),
    getSteps: unary(context, getSteps(context)),
    cancelTask: unary(context, cancelTask(context)),
    pauseTask: mutation(context, 'pauseTask', taskReply),
    resumeTask: mutation(context, 'resumeTask'),
    retryTask: mutation(context, 'retryTask'),
    reopenTask: mutation(context, 'reopenTask'),
    bulkChangeTasks: unary(context, bulkChangeTasks(context)),
    addDependency: mutation(context, 'addDependency'),
    removeDependency: mutation(context, 'removeDependency'),
    getTaskGraph: unary(context, getTaskGraph(context)),
    applyMutations: unary(context, (request: ApplyMutationsRequest, caller) =>
      applyMutations(context, request, caller),
    ),
    addNote: mutation(context, 'addNote'),
    listNotes: unary(context, listNotes(context)),
    importTasks: importTasks(context),
  });
}

/** BatchCreateTasksResponse {1: tasks, 2: position}. */
function batchReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  const tasks = replies.map(({ image }) => ({ field: 1, bytes: image }));
  return splice([...tasks, { field: 2, bytes: positions.bytes(sequence) }]);
}

async function applyMutations(
  context: ServiceContext,
  request: ApplyMutationsRequest,
  caller: Caller,
): Promise<Buffer> {
  const command = commandOf('applyMutations', request, caller);
  return applyReply(context, await executeWithBytes(context.engine, command));
}

/** The field numbers of MutationResult for what is no task. */
const RESULT_FIELD: { readonly [kind in EntityKind]?: number } = {
  [EntityKind.TASK]: 1,
  [EntityKind.NOTE]: 2,
  [EntityKind.STEP]: 3,
  [EntityKind.CHECKPOINT]: 4,
  [EntityKind.MEMORY]: 5,
};

/** ApplyMutationsResponse {1: results, 2: position}. Rows of what goes on at tasks are no results: these show them. */
async function applyReply({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const tasks = await tasksIn(engine, replies);
  const results = replies.flatMap(({ kind, image }) => {
    const field = RESULT_FIELD[kind];
    if (field === undefined) return [];
    const bytes = kind === EntityKind.TASK ? tasks.shift()! : image;
    return { field: 1, bytes: splice([{ field, bytes }]) };
  });
  return splice([...results, { field: 2, bytes: positions.bytes(sequence) }]);
}

async function getTask(context: ServiceContext, request: GetTaskRequest): Promise<Buffer> {
  const { engine, positions } = context;
  const { name, revision, view } = request;
  if (revision < 0) throw notFound('task', name, 'has no negative revisions');
  const sequence = engine.reach(request.atLeast);
  const found = await findTask(engine, name, 'name');
  const image = revision === 0 ? found.row.image : await taskAtRevision(engine, found, revision);
  if (!image) throw notFound('task', name, `has no revision ${revision}; its newest is ${revisionOf(found.row.image)}`);
  const shown = taskInView(image, view, View.FULL);
  // What it was is known; whether it could be worked on then is not.
  if (revision > 0) return positions.entityReply(shown, sequence);
  const ready = await readyNow(engine, found.project, found.id, shown);
  const { project, id } = found;
  const whole = await lookingNow(engine, (look) =>
    view === View.BASIC
      ? withWork(look, project, ready, look(EntityKind.TASK_WORK, project, id))
      : withAllWork(look, project, id, ready),
  );
  return positions.entityReply(whole, sequence);
}
