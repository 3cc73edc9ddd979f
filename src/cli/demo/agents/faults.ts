// What is done to the agents: kills and freezes, each in the middle of a task.

import { setTimeout as delay } from 'node:timers/promises';
import type { Task } from '../../../gen/holdfast/v1/task';
import type { AgentProcess } from './agent-process';
import { ownTask } from './backlog';
import type { Ledger } from './ledger';
import { idOf } from './ledger';

export interface Scene {
  readonly agents: readonly AgentProcess[];
  readonly ledger: Ledger;
  /** The tasks that are to be done. */
  readonly wanted: readonly Task[];
  /** Aborts when all is done, or the demo gives up. */
  readonly over: AbortSignal;
  /** Resolves when that aborts. */
  readonly ended: Promise<void>;
  /** Tells what happens, with its time. */
  readonly tell: (what: string) => void;
}

/** Milliseconds until a killed agent comes back: before its lease has run out, and long after. */
const backSoonMs = 0;
const backLateMs = 4000;

/** Plays all faults. Resolves when the last one is over; agents that were frozen are awake then. */
export async function playFaults(scene: Scene): Promise<void> {
  const at = (part: number) => () => scene.ledger.doneOf(scene.wanted) >= Math.floor(part * scene.wanted.length);
  await Promise.all([
    freezeUntilLapsed(scene),
    after(scene, at(0.08), () => kill(scene, backSoonMs)),
    after(scene, at(0.2), () => freezeUntilTaken(scene)),
    after(scene, at(0.35), () => kill(scene, backLateMs)),
    after(scene, at(0.45), () => freezeUntilTaken(scene)),
    after(scene, at(0.6), () => kill(scene, undefined)),
  ]);
}

async function after({ ledger, over }: Scene, holds: () => boolean, act: () => Promise<void>): Promise<void> {
  await ledger.until(holds, over);
  if (!over.aborted) await act();
}

/** Kills an agent at its work. It comes back in so many milliseconds, or never. */
async function kill(scene: Scene, backMs: number | undefined): Promise<void> {
  const agent = await working(scene);
  if (!agent) return;
  const { id, task = '' } = agent;
  await agent.kill();
  const fate =
    backMs === undefined
      ? 'and it never comes back'
      : backMs === backSoonMs
        ? 'and it is back at once'
        : 'and it comes back late';
  scene.tell(`kill -9 ${id}, at work on ${idOf(task)}, ${fate}`);
  if (backMs === undefined) return;
  await delay(backMs);
  if (!scene.over.aborted) agent.start();
}

/** Freezes an agent at its work until another has its task. Then its work is worth nothing. */
async function freezeUntilTaken(scene: Scene): Promise<void> {
  const { ledger, over, tell } = scene;
  for (;;) {
    const agent = await working(scene);
    if (!agent) return;
    const { id, task = '' } = agent;
    agent.freeze();
    tell(`freeze ${id}, at work on ${idOf(task)}`);
    const of = ledger.of(task);
    await ledger.until(() => of.completions.length > 0 || of.grants.at(-1)?.agent !== id, over);
    const holder = of.grants.at(-1)?.agent;
    agent.thaw();
    if (holder !== id) return tell(`wake ${id}: ${holder ?? 'nobody'} has ${idOf(task)} now`);
    // It had ended its task in the moment in which it was frozen.
    tell(`wake ${id}: it had just done ${idOf(task)}`);
  }
}

/** Freezes the holder of a task that is for it alone, until its lease has run out. Nobody else can have it: its work still counts. */
async function freezeUntilLapsed({ agents, ledger, over, ended, tell }: Scene): Promise<void> {
  const agent = agents.find(({ id }) => id === ownTask.agent);
  if (!agent) return;
  const isAtIt = () => agent.isWorking && agent.task !== undefined && idOf(agent.task) === ownTask.key;
  while (!isAtIt() && !over.aborted) {
    if ([...ledger.tasks].some(([name, { completions }]) => idOf(name) === ownTask.key && completions.length > 0))
      return;
    await Promise.race([agent.heard(), ended]);
  }
  if (over.aborted) return;
  const { task = '' } = agent;
  agent.freeze();
  tell(`freeze ${agent.id}, at work on ${idOf(task)}, which is for it alone`);
  await ledger.until(() => ledger.of(task).lapses > 0, over);
  agent.thaw();
  tell(`wake ${agent.id}: its lease has run out, nobody else may have ${idOf(task)}`);
}

/** The next agent that works on a task that others may have too; undefined when all is over. */
async function working({ agents, over, ended }: Scene): Promise<AgentProcess | undefined> {
  for (;;) {
    if (over.aborted) return undefined;
    const busy = agents.filter((agent) => agent.isWorking && idOf(agent.task!) !== ownTask.key);
    // The one that was left in peace for longest: faults go around.
    const next = busy.sort((a, b) => a.kills + a.freezes - b.kills - b.freezes)[0];
    if (next) return next;
    await Promise.race([...agents.map((agent) => agent.heard()), ended]);
  }
}
