// The demo: agents work on a small backlog, the server is killed in the middle of their writes, and nothing is amiss.

import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '../../gen/holdfast/v1/common';
import { EventServiceService, ReadEventsRequest } from '../../gen/holdfast/v1/event_service';
import { Priority, Task } from '../../gen/holdfast/v1/task';
import { CreateTaskRequest, ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { ProjectServiceService } from '../../gen/holdfast/v1/project_service';
import { Connection } from '../connection';
import { headPosition } from '../event-stream';
import { importTasks } from '../import/importer';
import { importOrder } from '../import/levels';
import { readSource } from '../import/read-source';
import { pages } from '../pages';
import { Progress } from '../progress';
import { uuidV7 } from '../uuid';
import type { Check, Seen } from './checks';
import { nothingDoubled, nothingLost, nothingSkipped } from './checks';
import { Reader } from './reader';
import { ServerChild } from './server-child';

export interface Stage {
  /** What to run as the server: the built main.js. */
  readonly program: string;
  readonly backlog: string;
  readonly say: (line: string) => void;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** A person watches: pause between the acts. */
  readonly slowly: boolean;
}

const project = 'projects/demo';
const agents = 12;
/** The server is killed this many times, each time after so many more writes. */
const kills = 3;
const writesBetweenKills = 400;
const pauseMs = 1500;

/** Plays the demo in a directory of its own, which it removes. Resolves with what was proved, or disproved. */
export async function play(stage: Stage): Promise<readonly Check[]> {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-demo-'));
  const act = async (...lines: string[]) => {
    for (const line of lines) stage.say(line);
    if (stage.slowly) await delay(pauseMs);
  };
  let server = await ServerChild.start(stage.program, dir, 0);
  const settings = { server: server.address, timeoutMs: 30_000, retryForMs: 30_000, session: undefined };
  const connection = new Connection(settings);
  const readers = [new Reader(connection), new Reader(connection), new Reader(connection)];
  const [first, away, back] = readers as [Reader, Reader, Reader];
  const reading: Promise<void>[] = [];
  try {
    await act('', `1. A server has started in an empty directory, at ${server.address}.`);
    reading.push(first.read({ $case: 'earliest', value: true }), away.read({ $case: 'earliest', value: true }));
    await act('   Two readers follow what happens, from the very beginning.');

    const imported = await importBacklog(connection, stage);
    await act('', `2. A backlog of ${imported} tasks came in: epics, features, bugs, and what was done already.`);

    await away.reach(1);
    const leftAt = away.position;
    away.end();
    await act(
      `   The second reader goes away after position ${leftAt.sequence}. Nothing is kept for it: a position is enough.`,
    );

    await act('', `3. ${agents} agents write down what they find, as fast as they can.`);
    const writing = startWriting(connection);
    for (let kill = 1; kill <= kills; kill++) {
      await writing.reach(kill * writesBetweenKills);
      const unanswered = writing.inFlight();
      await server.kill();
      stage.say(`   kill -9, after ${writing.acknowledged.length} acknowledged writes, with ${unanswered} unanswered.`);
      if (stage.slowly) await delay(pauseMs / 2);
      server = await ServerChild.start(stage.program, dir, server.port);
      await act(`   It is back: the store was ${server.found}, the start took ${server.tookMs} ms.`);
    }
    await writing.reach((kills + 1) * writesBetweenKills);
    await writing.stop();
    await act('   The agents asked again with the same request ids, and never noticed more than a pause.');

    const head = await headPosition(connection);
    reading.push(back.read({ $case: 'after', value: leftAt }));
    await act('', `4. The second reader is back, and goes on after position ${leftAt.sequence}.`);
    await Promise.all([first.reach(head.sequence), back.reach(head.sequence)]);
    const stored = await titles(connection);
    const journal = await journalEvents(connection);
    return [
      nothingLost(writing.acknowledged, stored),
      nothingDoubled(stored),
      nothingSkipped(`reader 1, opening ${first.reconnects} streams anew`, first.seen, journal),
      nothingSkipped('reader 2, before and after it was away', [...away.seen, ...back.seen], journal),
    ];
  } finally {
    for (const reader of readers) reader.end();
    await Promise.allSettled(reading);
    connection.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function importBacklog(connection: Connection, stage: Stage): Promise<number> {
  const request = { project: undefined, projectId: 'demo', requestId: uuidV7(), validateOnly: false };
  await connection.call(ProjectServiceService.createProject, request);
  const open = () => createReadStream(stage.backlog, 'utf8');
  const { tasks } = await readSource([{ name: stage.backlog, list: 'backlog', open }], undefined);
  const progress = new Progress(stage.stderr, '   Importing', 2 * tasks.length, 80);
  const onProgress = (count: number) => progress.advance(count);
  const target = { connection, parent: project, importId: 'backlog', timeoutMs: 30_000, retryForMs: 10_000 };
  const report = await importTasks({ ...target, onProgress, onRetry: () => undefined }, importOrder(tasks));
  progress.end();
  return report.created;
}

interface Writing {
  readonly acknowledged: readonly string[];
  inFlight(): number;
  reach(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Each agent creates one task after the other; a title is used once. */
function startWriting(connection: Connection): Writing {
  const acknowledged: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let asked = 0;
  let stopped = false;
  const agent = async (number: number) => {
    for (let finding = 1; !stopped; finding++) {
      const title = `Finding ${finding} of agent ${number}`;
      const task = Task.fromPartial({ title, kind: 'finding', priority: Priority.P3 });
      const request = CreateTaskRequest.fromPartial({ parent: project, requestId: uuidV7() });
      asked++;
      await connection.call(TaskServiceService.createTask, { ...request, task });
      acknowledged.push(title);
      for (const { count, resolve } of waiting) if (acknowledged.length >= count) resolve();
    }
  };
  const working = Promise.all(Array.from({ length: agents }, (_, index) => agent(index + 1)));
  return {
    acknowledged,
    inFlight: () => asked - acknowledged.length,
    // An agent that fails ends the wait too: the race passes its error on.
    reach: (count) =>
      Promise.race([new Promise<void>((resolve) => waiting.push({ count, resolve })), working.then(() => undefined)]),
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}

async function titles(connection: Connection): Promise<string[]> {
  const request = ListTasksRequest.fromPartial({ parent: project });
  const found: string[] = [];
  for await (const { message } of pages(connection, TaskServiceService.listTasks, request, 0, (page) => page.tasks)) {
    for (const { title, kind } of message.tasks) if (kind === 'finding') found.push(title);
  }
  return found;
}

/** Every event that the journal holds, read page by page: what the readers' streams are held against. */
async function journalEvents(connection: Connection): Promise<Seen[]> {
  const found: Seen[] = [];
  let after: Position | undefined;
  for (;;) {
    const request = ReadEventsRequest.fromPartial({ parent: 'projects/-', pageSize: 1000, after });
    const { message } = await connection.call(EventServiceService.readEvents, request);
    for (const { position, index } of message.events) found.push([position?.sequence ?? 0, index]);
    if (message.caughtUp) return found;
    after = message.position;
  }
}
