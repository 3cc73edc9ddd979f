import type { ApplyMutationsRequest, Mutation } from '../gen/holdfast/v1/task_service';
import type { Action } from './command';
import type { Draft } from './draft';
import { APPLY_MUTATIONS_MAX } from './limits';
import { formatProject, parseProject } from './names';
import { inPart } from './placed';
import { Refs } from './refs';
import { fieldInvalid } from './refusal';
import { enterProject } from './task-access';
import { Violations } from './violations';

type OneMutation = NonNullable<Mutation['mutation']>;
/** Decides one command on a draft. Gives the indices of the changes that its reply names. */
export type Act = (draft: Draft, action: Action) => number | readonly number[];

/**
 * ApplyMutations: each mutation on what those before it left, all or none. Gives for each the index of the change that it is
 * about: two about one task name the same change. The first that is refused refuses all, naming itself.
 */
export function applyMutations(draft: Draft, { parent, mutations }: ApplyMutationsRequest, act: Act): number[] {
  const project = parseProject(parent, 'parent');
  enterProject(draft, 'applyMutations', project);
  if (mutations.length === 0 || mutations.length > APPLY_MUTATIONS_MAX) {
    throw fieldInvalid('mutations', `has ${mutations.length} entries, 1 to ${APPLY_MUTATIONS_MAX} are allowed`);
  }
  const refs = new Refs(project, 'mutation');
  const works: number[] = [];
  const results = mutations.map(({ mutation }, i) => {
    const at = `mutations[${i}]`;
    if (!mutation) throw fieldInvalid(at, 'holds no mutation that this server knows');
    const part = `${at}.${protoName(mutation.$case)}`;
    const action = resolved(mutation, refs, part);
    const changes = inPart(part, () => act(draft, action));
    const [index, ...more] = typeof changes === 'number' ? [changes] : changes;
    if (index === undefined) throw fieldInvalid(part, 'needs the name of a task: here nothing is waited for');
    works.push(...more);
    if (mutation.$case === 'createTask') {
      collect(part, ({ report }) => refs.add(mutation.value.ref, draft.idAt(index), part, report));
    }
    return index;
  });
  // What goes on at the tasks comes behind them: their replies show it.
  return [...results, ...works.filter((index) => index < 0)];
}

/** The command that a mutation stands for, with the names of tasks for refs. Refuses what it cannot hold inside a call. */
function resolved(mutation: OneMutation, refs: Refs, part: string): Action {
  return collect(part, ({ report }) => {
    const { requestId, validateOnly } = mutation.value;
    if (requestId !== '') report('request_id', 'is set for the whole call only');
    if (validateOnly) report('validate_only', 'is set for the whole call only');
    const here = (name: string, field: string) => refs.resolveHere(name, field, report);
    switch (mutation.$case) {
      case 'createTask':
        return { kind: 'createTask', request: refs.standAlone(mutation.value, report) };
      case 'updateTask': {
        const { task } = mutation.value;
        const named = task && { ...task, name: here(task.name, 'task.name'), parent: here(task.parent, 'task.parent') };
        return { kind: 'updateTask', request: { ...mutation.value, task: named } };
      }
      case 'cancelTask':
        if (mutation.value.cascade)
          report('cascade', 'cannot be set here: cancel its children by mutations of their own');
        return { kind: 'cancelTask', request: { ...mutation.value, name: here(mutation.value.name, 'name') } };
      case 'addDependency':
      case 'removeDependency': {
        const { name, dependency } = mutation.value;
        const edge = dependency && { ...dependency, task: here(dependency.task, 'dependency.task') };
        return {
          kind: mutation.$case,
          request: { ...mutation.value, name: here(name, 'name'), dependency: edge },
        } as Action;
      }
      case 'addNote':
        return { kind: 'addNote', request: { ...mutation.value, parent: here(mutation.value.parent, 'parent') } };
      case 'releaseTask': {
        const blockedBy = mutation.value.blockedBy.map((name, i) => here(name, `blocked_by[${i}]`));
        return {
          kind: 'releaseTask',
          request: { ...mutation.value, name: here(mutation.value.name, 'name'), blockedBy },
        };
      }
      case 'completeTask': {
        if (mutation.value.claimNext)
          report('claim_next', 'cannot be set here: claim by name, in a mutation of its own');
        return { kind: 'completeTask', request: { ...mutation.value, name: here(mutation.value.name, 'name') } };
      }
      case 'saveCheckpoint': {
        const { checkpoint } = mutation.value;
        const tasks = checkpoint?.tasks.map((name, i) => here(name, `checkpoint.tasks[${i}]`)) ?? [];
        const named = checkpoint && { ...checkpoint, tasks };
        return { kind: 'saveCheckpoint', request: { ...mutation.value, checkpoint: named } } as unknown as Action;
      }
      case 'putMemory': {
        const parent = formatProject(refs.project);
        if (mutation.value.parent !== '' && mutation.value.parent !== parent)
          report('parent', 'is empty or the parent of the whole call');
        return { kind: 'putMemory', request: { ...mutation.value, parent } };
      }
      default: {
        const request = { ...mutation.value, name: here(mutation.value.name, 'name') };
        return { kind: mutation.$case, request } as Action;
      }
    }
  });
}

/** Runs what reports malformed fields of a part, and refuses them. */
function collect<Result>(part: string, check: (violations: Violations) => Result): Result {
  const violations = new Violations();
  violations.prefix = `${part}.`;
  const result = check(violations);
  violations.throwIfAny();
  return result;
}

function protoName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
