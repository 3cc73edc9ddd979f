import type { Action, Decision, DecisionContext } from '../../src/domain/command';
import { decide } from '../../src/domain/decide';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import type { Change } from '../../src/gen/holdfast/journal/v1/journal';
import { TaskGraph } from '../../src/gen/holdfast/journal/v1/journal';
import { Project } from '../../src/gen/holdfast/v1/project';
import { Task } from '../../src/gen/holdfast/v1/task';
import { Refusal } from '../../src/domain/refusal';
import { replyChanges } from '../../src/domain/reply';
import { MapView } from './map-view';

/** What happened to one command. */
export interface Outcome {
  readonly sequence: number;
  readonly decision: Decision;
  /** The changes that the reply names. */
  readonly replies: readonly Change[];
}

/** A small world for rules: commands are decided one after the other, on journal time that the test holds. */
export class World {
  readonly view = new MapView();
  principal = 'local';
  session = '';
  sessionToken = '';
  bootMs = 0;
  /** Journal time; each command takes a second. */
  nowMs = Date.UTC(2026, 0, 1);
  sequence = 0;
  private uids = 0;

  constructor() {
    this.run({ kind: 'createProject', request: createProject('p') });
  }

  /** Decides and applies. Throws what the decision throws; then nothing happened. */
  run(action: Action): Outcome {
    const decision = this.decide(action);
    this.sequence++;
    this.nowMs += 1000;
    this.view.apply(decision, this.sequence);
    return { sequence: this.sequence, decision, replies: replyChanges(decision) };
  }

  /** Decides only. */
  decide(action: Action, validateOnly = false): Decision {
    const { principal, session, sessionToken } = this;
    const caller = { principal, session, sessionToken };
    return decide(this.view, { ...action, caller, validateOnly }, this.context());
  }

  context(): DecisionContext {
    return { sequence: this.sequence + 1, nowMs: this.nowMs, uid: () => `uid-${++this.uids}`, bootMs: this.bootMs };
  }

  /** Runs a command whose reply is one task, and gives that task. */
  taskOf(action: Action): Task {
    return Task.decode(this.run(action).replies[0]!.image);
  }

  /** The refusal of a command. Fails if it is accepted. */
  refusal(action: Action): Refusal {
    const before = new Map(this.view.rows);
    try {
      this.decide(action);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(this.view.rows).toEqual(before);
      return error;
    }
    throw new Error(`${action.kind} was accepted`);
  }

  task(id: string, project = 'p'): Task {
    return Task.decode(this.view.row(EntityKind.TASK, project, id)!.image);
  }

  project(id = 'p'): Project {
    return Project.decode(this.view.row(EntityKind.PROJECT, id, '')!.image);
  }

  liveChildren(id: string, project = 'p'): number {
    const row = this.view.row(EntityKind.TASK_GRAPH, project, id);
    return row ? TaskGraph.decode(row.image).liveChildren : 0;
  }

  /** Creates a task and gives it. */
  create(task: Partial<Task> = {}, taskId = ''): Task {
    return this.taskOf({ kind: 'createTask', request: createTask(task, taskId) });
  }

  /** Changes a stored task past all rules. */
  plant(id: string, fields: Partial<Task>, project = 'p'): void {
    const image = Task.encode({ ...this.task(id, project), ...fields }).finish();
    this.view.plant(EntityKind.TASK, project, id, image, ++this.sequence);
  }
}

export function createProject(projectId: string, project: Partial<Project> = {}) {
  return { project: Project.fromPartial(project), projectId, requestId: '', validateOnly: false };
}

export function createTask(task: Partial<Task>, taskId = '', parent = 'projects/p') {
  const content = Task.fromPartial({ title: 'Write it down', ...task });
  return { parent, task: content, taskId, requestId: '', validateOnly: false, ref: '', allowUnresolved: false };
}

/** The fields that requests of verbs share; `name` is an id of project p, or a whole name. */
export function on(name: string, etag = '', reason = '') {
  const whole = name.includes('/') ? name : `projects/p/tasks/${name}`;
  const held = { fencingToken: 0, final: false, artifacts: [], followUps: [], claimNext: undefined, grace: undefined };
  return { name: whole, etag, reason, requestId: '', validateOnly: false, ...held };
}
