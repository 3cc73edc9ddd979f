import type { Dependency, Task } from '../gen/holdfast/v1/task';
import type { CreateTaskRequest } from '../gen/holdfast/v1/task_service';
import { REF_LENGTH_MAX } from './limits';
import { formatProject, formatTask, taskNameOf } from './names';
import { quote } from './quote';
import type { Report } from './violations';

const REF = /^[A-Za-z0-9._-]{1,64}$/;
const SHORT = 'tasks/$';

/** The words by which later parts of one call name tasks that earlier parts create: `tasks/$REF`. */
export class Refs {
  private readonly ids = new Map<string, { readonly id: string; readonly by: string }>();
  private unknown = 0;

  /** `part` is what the call calls its parts: "request". */
  constructor(
    readonly project: string,
    private readonly part: string,
  ) {}

  /** From now on `ref` names the task with this id. Reports a malformed one, and one that is taken; an empty one is none.
   *  `by` is the path of the part of the call: `requests[3]`. */
  add(ref: string, id: string, by: string, report: Report): void {
    if (ref === '') return;
    const taken = this.ids.get(ref);
    if (!REF.test(ref)) report('ref', `${quote(ref)} is not 1 to ${REF_LENGTH_MAX} of A-Z, a-z, 0-9, ".", "_" and "-"`);
    else if (taken) report('ref', `${quote(ref)} is the ref of ${taken.by} too`);
    else this.ids.set(ref, { id, by });
  }

  /** A creation as if it stood alone: without its ref, and with the names of its neighbours. Reports unknown refs, and another
   *  parent than the whole call's. */
  standAlone(request: CreateTaskRequest, report: Report): CreateTaskRequest {
    const parent = formatProject(this.project);
    if (request.parent !== '' && request.parent !== parent)
      report('parent', 'is empty or the parent of the whole call');
    return { ...request, parent, ref: '', task: request.task && this.named(request.task, report) };
  }

  /** The name that a name stands for: that of the task for `tasks/$REF` and `projects/{project}/tasks/$REF`, else itself.
   *  Reports an unknown ref. */
  resolve(name: string, field: string, report: Report): string {
    const ref = this.refIn(name);
    if (ref === undefined) return name;
    const known = this.ids.get(ref);
    if (known) return formatTask(this.project, known.id);
    report(field, `${quote(ref)} is the ref of no earlier ${this.part}`);
    // One report is enough: what checks the name next finds one of the right form, each time another.
    return formatTask(this.project, `unknown-${++this.unknown}`);
  }

  /** The same, reporting a task of another project too. */
  resolveHere(name: string, field: string, report: Report): string {
    const parsed = taskNameOf(name);
    if (!parsed || parsed.project === this.project) return this.resolve(name, field, report);
    report(field, `${quote(name)} is of another project: ${formatTask(this.project, '{task}')}`);
    return name;
  }

  private named(task: Task, report: Report): Task {
    const edge = ({ task: name, kind }: Dependency, i: number): Dependency => ({
      task: this.resolve(name, `task.dependencies[${i}].task`, report),
      kind,
    });
    const { dependencies } = task;
    if (task.parent === '' && dependencies.length === 0) return task;
    return {
      ...task,
      parent: this.resolve(task.parent, 'task.parent', report),
      dependencies: dependencies.length === 0 ? dependencies : dependencies.map(edge),
    };
  }

  private refIn(name: string): string | undefined {
    if (name.startsWith(SHORT)) return name.slice(SHORT.length);
    const long = `${formatProject(this.project)}/${SHORT}`;
    return name.startsWith(long) ? name.slice(long.length) : undefined;
  }
}
