// What Linux tells about a process: processor time by thread, and memory that is its own.

import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessorTime {
  /** Of the main thread, in microseconds. */
  readonly mainUs: number;
  /** Of all threads that still live, in microseconds. */
  readonly allUs: number;
}

/**
 * Processor time so far. From schedstat (nanoseconds) where the kernel keeps it: /proc/PID/stat counts in ticks of 10 ms.
 * Node's threads live as long as the process, so none is missed.
 */
export function processorTime(pid: number): ProcessorTime {
  let allUs = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) allUs += threadUs(pid, thread);
  return { mainUs: threadUs(pid, String(pid)), allUs };
}

function threadUs(pid: number, thread: string): number {
  const folder = `/proc/${pid}/task/${thread}`;
  try {
    const nanoseconds = Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]);
    if (nanoseconds > 0) return nanoseconds / 1000;
    return ticksUs(readFileSync(`${folder}/stat`, 'utf8'));
  } catch {
    // The thread ended between the listing and the read, or the kernel has no schedstat.
    return 0;
  }
}

/** utime and stime of a stat line; a tick is 10 ms on every Linux that Node supports. */
function ticksUs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Anonymous resident memory in bytes: what the process holds itself, without mapped files. */
export function anonymousBytes(pid: number): number {
  const kibibytes = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error('this kernel does not tell RssAnon');
  return Number(kibibytes) * 1024;
}
