// A state on a real disk, seen from outside: opened, dumped, damaged.

import { Level } from 'level';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../src/domain/view';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Task } from '../../src/gen/holdfast/v1/task';
import { nodeFiles } from '../../src/storage/node-files';
import { readCheckpoint, writeCheckpoint } from '../../src/storage/state/checkpoint-file';
import type { LevelState } from '../../src/storage/state/level-state';
import type { StateOptions } from '../../src/storage/state/open-state';
import type { StateSnapshot } from '../../src/storage/state/state';
import * as keys from '../../src/storage/state/keys';
import * as values from '../../src/storage/state/values';
import type { TaskHistory } from './task-history';
import { memoryDir } from './temp-dir';

export const HISTORY = '00000000000000aa';

export function stateOptions(dir = join(memoryDir(), 'state'), more: Partial<StateOptions> = {}): StateOptions {
  return { dir, files: nodeFiles, history: HISTORY, ...more };
}

/** The LevelDB directory that the checkpoint names. */
export async function storePath(dir: string): Promise<string> {
  const checkpoint = await readCheckpoint(nodeFiles, dir);
  return join(dir, checkpoint!.store);
}

/** What a crash leaves: the files as they are now, while the state is open. */
export function copyOf(dir: string): string {
  const copy = join(memoryDir(), 'state');
  cpSync(dir, copy, { recursive: true });
  return copy;
}

/** Opens LevelDB of a closed state past the state. */
export async function withLevel(dir: string, work: (level: RawLevel) => Promise<void>): Promise<void> {
  const level: RawLevel = new Level(await storePath(dir), { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await level.open();
  await work(level);
  await level.close();
}

export type RawLevel = Level<Buffer, Buffer>;

/** Every entry of a closed state but the applied mark, as hex. */
export async function dump(dir: string): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  await withLevel(dir, async (level) => {
    for await (const [key, value] of level.iterator({ gt: keys.APPLIED_KEY })) {
      entries.set(key.toString('hex'), value.toString('hex'));
    }
  });
  return entries;
}

/** What a state must hold after a history, told from its rows. Without request ids of dead days. */
export function expectedEntries(history: TaskHistory): Map<string, string> {
  const entries = new Map<string, string>();
  const put = (key: Buffer, value: Buffer | undefined) =>
    entries.set(Buffer.from(key).toString('hex'), value?.toString('hex') ?? '');
  for (const { kind, project, id, sequence, image, crc } of history.rows.values()) {
    put(keys.rowKey(kind, project, id), values.rowValue(sequence, image, crc));
    if (kind !== EntityKind.TASK) continue;
    const task = Task.decode(image);
    const { state, queue, priority, assignee, externalId } = task;
    const ms = (time: Task['createTime']) => time!.seconds * 1000 + time!.nanos / 1e6;
    if (task.deleteTime)
      put(keys.indexKey({ index: 'timer', timeMs: ms(task.purgeTime) }, kind, project, id), undefined);
    else {
      const live = [1, 2, 3, 4, 5].includes(state);
      const createTimeMs = ms(task.createTime);
      const held = state === 1 && history.held(project, id);
      const notBeforeMs = task.notBefore ? ms(task.notBefore) : 0;
      const entry = { index: 'state', state, held, queue, priority, notBeforeMs, createTimeMs } as const;
      if (live || state === 7) put(keys.indexKey(entry, kind, project, id), undefined);
      if (live && assignee) put(keys.indexKey({ index: 'assignee', assignee }, kind, project, id), undefined);
      const parent = task.parent.split('/').pop()!;
      if (parent) put(keys.indexKey({ index: 'parent', parent }, kind, project, id), undefined);
    }
    if (externalId) {
      const key = Buffer.from(keys.externalKey(project, externalId));
      put(key, values.externalValue(key, id));
    }
  }
  const day = Math.floor(history.timeMs / 86_400_000);
  for (const record of history.records) {
    const generation = Math.floor(record.timeMs / 86_400_000);
    if (generation < day - 1) continue;
    const key = Buffer.from(keys.requestKey(generation, record.principal, record.requestId));
    put(key, values.requestValue(key, record.sequence, record.requestHash));
  }
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether every row of a history reads as it was written, and nothing else is there. */
export async function readsRight(state: LevelState, history: TaskHistory): Promise<void> {
  const snapshot = state.snapshot();
  const found: (Row & { name: string })[] = [];
  for (const by of ['projects', 'tasks'] as const) {
    for await (const { kind, project, id, row } of snapshot.scan({ by })) {
      found.push({ name: `${kind}/${project}/${id}`, ...row, image: Buffer.from(row.image) });
    }
  }
  await snapshot.close();
  const wanted = [...history.rows.entries()]
    .filter(([, { kind }]) => kind !== EntityKind.TASK_GRAPH)
    .map(([name, { sequence, image, crc }]) => ({ name, sequence, image, crc }));
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(found.sort(byName)).toEqual(wanted.sort(byName));
  for (const { kind, project, id, sequence } of history.rows.values()) {
    expect(state.row(kind, project, id)?.sequence).toBe(sequence);
  }
}

export async function collect(snapshot: StateSnapshot, ...scan: Parameters<StateSnapshot['scan']>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { project, id } of snapshot.scan(...scan)) ids.push(id || project);
  return ids;
}

/** Makes a clean checkpoint one that lists no files, so that damage in LevelDB's files is not noticed at the start: what an
 *  unclean stop is to tables that came after the checkpoint. */
export async function unlist(dir: string): Promise<void> {
  const checkpoint = await readCheckpoint(nodeFiles, dir);
  await writeCheckpoint(nodeFiles, dir, { ...checkpoint!, clean: false, files: [] });
}
