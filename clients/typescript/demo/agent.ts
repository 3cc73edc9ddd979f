// One agent of `npm run demo:agents`: claims tasks and works on them, until it is told to stop, is killed, or is frozen. What it does it
// says in JSON lines, in the words of `Said`.

import { connect, isHoldfastError, NonRetryable, Worker } from '@holdfast/client';
import type { Holdfast, Outcome, Session, Task, TaskContext } from '@holdfast/client';
import { setTimeout as delay } from 'node:timers/promises';

/** What the demo tells an agent. */
interface Told {
  readonly address: string;
  readonly project: string;
  readonly agent: string;
  /** A later life of an agent takes up what the one before it left. */
  readonly resume: boolean;
  readonly sessionTtlMs: number;
  readonly leaseTtlMs: number;
  /** How long it works on each of the parts of a task, in milliseconds. */
  readonly partMs: number;
}

/** What an agent says. */
type Said =
  | { readonly said: 'session'; readonly session: string; readonly resumed: string; readonly adopted: number }
  | { readonly said: 'task'; readonly task: string; readonly attempt: number }
  /** A part was done here; one that an earlier attempt did is not done again. */
  | { readonly said: 'part'; readonly task: string; readonly part: number }
  | { readonly said: 'outcome'; readonly task: string; readonly kind: Outcome['kind']; readonly why: string }
  | { readonly said: 'lost'; readonly why: string };

const parts = [1, 2, 3];
/** Milliseconds: a claim that waits in vain is asked again after it. */
const waitMs = 5000;

function say(line: Said): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Why something was refused, in a line. */
function wordsOf(error: unknown): string {
  if (isHoldfastError(error)) return `${error.reason ?? error.code}: ${error.description}`;
  return error instanceof Error ? error.message : '';
}

async function work(task: Task, { step, progress }: TaskContext, told: Told): Promise<{ by: string; parts: number }> {
  say({ said: 'task', task: task.name, attempt: task.attemptCount });
  if (task.title === '') throw new NonRetryable('there is nothing to do');
  let done = 0;
  for (const part of parts) {
    // The signal is not looked at: this is an agent that does not know how long it was frozen. The tokens defend the task.
    await step(`part-${part}`, async () => {
      await delay(told.partMs);
      say({ said: 'part', task: task.name, part });
      done++;
    });
    if (part < parts.length)
      await progress(Math.round((100 * part) / parts.length), `part ${part}`).catch(() => undefined);
  }
  return { by: told.agent, parts: done };
}

/** One session, until it is over. Resolves with whether the agent is to stop. */
async function live(holdfast: Holdfast, told: Told, resume: boolean, stop: AbortSignal): Promise<boolean> {
  const { agent, sessionTtlMs: ttlMs, leaseTtlMs } = told;
  let session: Session;
  if (resume) session = await holdfast.sessions.resume({ agent }, { ttlMs, takeOver: true });
  else session = await holdfast.sessions.start({ agent, ttlMs });
  const adopted = (session.resumption?.briefing.tasks ?? []).flatMap(({ held, task }) => (held && task ? [task] : []));
  say({
    said: 'session',
    session: session.name,
    resumed: session.resumption?.resumed?.name ?? '',
    adopted: adopted.length,
  });
  const onOutcome = ({ task, kind, error }: Outcome): void =>
    say({ said: 'outcome', task: task.name, kind, why: wordsOf(error) });
  const worker = new Worker(session, { leaseTtlMs, waitMs, onOutcome }, (task, context) => work(task, context, told));
  const stopped = (): void => void worker.stop({ timeoutMs: 0 });
  stop.addEventListener('abort', stopped);
  try {
    await worker.run(adopted);
    await session.end({ summary: 'all is done' });
    return true;
  } catch (error) {
    if (!session.lost.aborted) throw error;
    say({ said: 'lost', why: wordsOf(session.lost.reason) });
    return false;
  } finally {
    stop.removeEventListener('abort', stopped);
  }
}

async function main(told: Told): Promise<void> {
  const holdfast = connect({ address: told.address, project: told.project });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  let { resume } = told;
  while (!stop.signal.aborted && !(await live(holdfast, told, resume, stop.signal))) resume = true;
  holdfast.close();
}

void main(JSON.parse(process.argv[2]!) as Told);
