// What a claim of the next ready task asks for, checked when it comes: it may wait long, and is not to be refused only then.

import { claimTask } from '../../domain/work/claim-task';
import type { Command } from '../../domain/command';
import { Draft } from '../../domain/draft';
import { checkDuration, millisecondsIn } from '../../domain/duration';
import { CLAIM_WAIT_MAX_MS } from '../../domain/limits';
import { DEFAULT_QUEUE, parseProject } from '../../domain/names';
import { parseFilter } from '../../domain/query/filter';
import { enterSession } from '../../domain/sessions/session-access';
import type { View } from '../../domain/view';
import { Violations } from '../../domain/violations';
import { Demand } from './demand';

export type ClaimCommand = Extract<Command, { kind: 'claimTask' }>;

export interface AskedClaim {
  /** Which tasks it takes: those for everybody, and those for its agent. */
  readonly demands: readonly Demand[];
  /** How many at most. */
  readonly tasksMax: number;
  /** How long it waits for the first, in milliseconds. */
  readonly waitMs: number;
}

/** What a claim asks for. Refuses what its decision would refuse now: its form, its project, its session. */
export function askedOf(view: View, command: ClaimCommand, nowMs: number): AskedClaim {
  const { request, caller } = command;
  const draft = new Draft(view, caller, { sequence: 0, nowMs, uid: () => '', bootMs: 0 });
  enterSession(draft, command);
  claimTask(draft, request);
  const violations = new Violations();
  checkDuration(request.wait, 0, CLAIM_WAIT_MAX_MS, 'wait', violations.report);
  violations.throwIfAny();
  const project = parseProject(request.parent, 'parent');
  const queue = request.queue === '' ? DEFAULT_QUEUE : request.queue;
  const filter = parseFilter(request.filter, 'filter');
  const resolve = (of: string, externalId: string): string | undefined => view.taskIdByExternalId(of, externalId);
  const demandOf = (assignee: string): Demand =>
    new Demand(project, queue, assignee, request.capabilities, filter, resolve);
  return {
    demands: [demandOf(''), demandOf(draft.acting!.agent)],
    tasksMax: Math.max(request.maxTasks, 1),
    waitMs: command.validateOnly ? 0 : millisecondsIn(request.wait),
  };
}
