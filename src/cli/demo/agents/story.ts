// The demo of the agents: a backlog, agents that share it as processes of their own, and what is done to them.

import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Position } from '../../../gen/holdfast/v1/common';
import { EventServiceService, ReadEventsRequest } from '../../../gen/holdfast/v1/event_service';
import { ProjectServiceService } from '../../../gen/holdfast/v1/project_service';
import { ListTasksRequest, TaskServiceService } from '../../../gen/holdfast/v1/task_service';
import type { Task } from '../../../gen/holdfast/v1/task';
import { Connection } from '../../connection';
import { eventStream } from '../../event-stream';
import { importTasks } from '../../import/importer';
import { importOrder } from '../../import/levels';
import { readSource } from '../../import/read-source';
import type { SourceTask } from '../../import/source-task';
import { pages } from '../../pages';
import { fitTo } from '../../text-width';
import { uuidV7 } from '../../uuid';
import type { Check } from '../checks';
import { ServerChild } from '../server-child';
import { AgentProcess } from './agent-process';
import { generatedBacklog } from './backlog';
import { doable } from './doable';
import { playFaults } from './faults';
import { Ledger } from './ledger';
import { columnsMax, refusals, taskGrid, timelines } from './picture';
import { byItsHolder, doneOnce, faultsPlayed, noneWhileBlocked, stepsOnce, tokensGrow } from './proof';

export interface Stage {
  /** What to run as the server: the built main.js. */
  readonly program: string;
  /** What to run as an agent. */
  readonly agentProgram: string;
  readonly agents: number;
  /** A backlog to import; undefined: one is made. */
  readonly file: string | undefined;
  readonly say: (line: string) => void;
}

const projectId = 'demo';
const project = `projects/${projectId}`;
/** Short leases, so that half a minute shows several ends of them, and a session that outlives a short freeze. */
const leaseTtlMs = 1500;
const sessionTtlMs = 3000;
/** Parts of a task, as clients/typescript/demo/agent.ts works on them. */
const parts = 3;
/** How long all agents together work if nothing goes wrong, in milliseconds, and the most and least for one part. */
const workMs = 11_000;
const partLongestMs = 350;
const partShortestMs = 10;
/** After so long the demo gives up, in milliseconds. */
const patienceMs = 180_000;
/** How long an agent that was woken may take to hear that it was too late, in milliseconds. */
const lateMs = 5000;

/** Plays the demo in a directory of its own, which it removes. Resolves with what was proved, or disproved. */
export async function play(stage: Stage): Promise<readonly Check[]> {
  const { say } = stage;
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-agents-'));
  const server = await ServerChild.start(stage.program, dir, 0);
  const settings = { server: server.address, timeoutMs: 30_000, retryForMs: 30_000, session: undefined };
  const connection = new Connection(settings);
  const ended = new AbortController();
  let agents: readonly AgentProcess[] = [];
  try {
    const mutation = { requestId: uuidV7(), validateOnly: false };
    await connection.call(ProjectServiceService.createProject, { project: undefined, projectId, ...mutation });
    const source = stage.file === undefined ? generatedBacklog() : await backlogOf(stage.file);
    await importAll(connection, source);
    const before = await allTasks(connection);
    const wanted = doable(before);
    if (wanted.length === 0) throw new Error('there is nothing to do in this backlog');
    const partMs = Math.round((workMs * stage.agents) / (wanted.length * parts));
    const told = {
      address: server.address,
      project: projectId,
      sessionTtlMs,
      leaseTtlMs,
      partMs: Math.min(partLongestMs, Math.max(partShortestMs, partMs)),
    };
    say(`\n   ${before.length} tasks came in, ${wanted.length} of them to be done. ${stage.agents} agents begin.\n`);

    const startedAtMs = performance.now();
    const nowMs = () => performance.now() - startedAtMs;
    const tell = (what: string) => say(fitTo(`   ${(nowMs() / 1000).toFixed(1).padStart(5)} s  ${what}`, columnsMax));
    agents = Array.from(
      { length: stage.agents },
      (_, i) => new AgentProcess(`agent-${i + 1}`, stage.agentProgram, told, nowMs),
    );
    const ledger = new Ledger();
    const following = follow(connection, ledger, ended.signal);
    for (const agent of agents) agent.start();
    const over = new AbortController();
    const allOver = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()));
    const scene = { agents, ledger, wanted, over: over.signal, ended: allOver, tell };
    const faults = playFaults(scene);
    const patience = AbortSignal.timeout(patienceMs);
    await Promise.race([
      ledger.until(() => ledger.doneOf(wanted) === wanted.length, patience),
      Promise.all([following, faults]).then(() => new Promise<never>(() => undefined)),
    ]);
    over.abort();
    await faults;
    await lateVerbs(agents);
    tell(`${ledger.doneOf(wanted)} tasks are done. The agents are told to stop.`);
    await Promise.all(agents.map((agent) => agent.stop()));
    const endMs = nowMs();
    ended.abort();
    await following;

    const proof = await journalLedger(connection);
    say('\n   What each agent did:');
    for (const line of timelines(agents, endMs)) say(line);
    say('\n   Who did which task (#2: in the second attempt):');
    for (const line of taskGrid(proof, wanted)) say(line);
    const refused = agents.flatMap((agent) => agent.refused);
    say(refused.length === 0 ? '\n   Nothing was refused.' : '\n   What came too late, and was refused:');
    for (const line of refusals(refused)) say(line);
    const total = (of: (agent: AgentProcess) => number) => agents.reduce((sum, agent) => sum + of(agent), 0);
    return [
      doneOnce(proof, wanted),
      byItsHolder(proof, wanted),
      tokensGrow(proof, wanted),
      noneWhileBlocked(proof, before),
      stepsOnce(
        proof,
        wanted,
        parts,
        total((agent) => agent.parts),
      ),
      faultsPlayed({
        kills: total((agent) => agent.kills),
        freezes: total((agent) => agent.freezes),
        lapses: [...proof.tasks.values()].reduce((sum, { lapses }) => sum + lapses, 0),
        adopted: total((agent) => agent.adopted),
        refused: refused.filter(({ task }) => task !== '').length,
      }),
    ];
  } finally {
    ended.abort();
    for (const agent of agents) agent.abandon();
    connection.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The tasks of a file. Nobody is there whom they are meant for, and no time to wait for theirs. */
async function backlogOf(file: string): Promise<readonly SourceTask[]> {
  const open = () => createReadStream(file, 'utf8');
  const { tasks } = await readSource([{ name: file, list: basename(file), open }], undefined);
  for (const { task } of tasks) Object.assign(task, { assignee: '', notBefore: undefined });
  return tasks;
}

async function importAll(connection: Connection, tasks: readonly SourceTask[]): Promise<void> {
  const target = { connection, parent: project, importId: 'backlog', timeoutMs: 30_000, retryForMs: 10_000 };
  const silent = () => undefined;
  await importTasks({ ...target, onProgress: silent, onRetry: silent }, importOrder(tasks));
}

async function allTasks(connection: Connection): Promise<Task[]> {
  const request = ListTasksRequest.fromPartial({ parent: project });
  const found: Task[] = [];
  for await (const { message } of pages(connection, TaskServiceService.listTasks, request, 0, (page) => page.tasks)) {
    found.push(...message.tasks);
  }
  return found;
}

async function follow(connection: Connection, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const start = { $case: 'earliest', value: true } as const;
  for await (const entry of eventStream(connection, {
    parent: project,
    types: [],
    start,
    includePrevious: false,
    signal,
  })) {
    if (entry.kind === 'events') for (const event of entry.events) ledger.record(event);
  }
}

/** Waits for what agents that were woken still have to say of the tasks that they think they hold. */
async function lateVerbs(agents: readonly AgentProcess[]): Promise<void> {
  const late = AbortSignal.timeout(lateMs);
  const given = new Promise<void>((resolve) => late.addEventListener('abort', () => resolve()));
  while (!late.aborted && agents.some((agent) => agent.isWorking)) {
    await Promise.race([...agents.map((agent) => agent.heard()), given]);
  }
}

/** What the journal itself holds, read page by page: the picture is drawn from it, and the proof. */
async function journalLedger(connection: Connection): Promise<Ledger> {
  const ledger = new Ledger();
  let after: Position | undefined;
  for (;;) {
    const request = ReadEventsRequest.fromPartial({ parent: project, pageSize: 1000, after });
    const { message } = await connection.call(EventServiceService.readEvents, request);
    for (const event of message.events) ledger.record(event);
    if (message.caughtUp) return ledger;
    after = message.position;
  }
}
