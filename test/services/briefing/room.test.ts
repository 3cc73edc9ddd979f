import { Omission } from '../../../src/gen/holdfast/v1/briefing';
import { Room } from '../../../src/services/briefing/room';
import { splice } from '../../../src/services/splice';
import type { Part } from '../../../src/services/splice';

const told = (parts: readonly Part[]) => parts.map(({ bytes }) => Omission.decode(bytes));

test('what fits is put, what does not is counted and named', () => {
  const room = new Room(1024);
  const parts: Part[] = [];
  expect(room.put(5, Buffer.alloc(600), 'messages', 'm1', parts)).toBe(true);
  expect(room.put(5, Buffer.alloc(600), 'messages', 'm2', parts)).toBe(false);
  expect(room.put(5, Buffer.alloc(10), 'messages', 'm3', parts)).toBe(true);
  room.leave('steps', 't1', 't1');
  expect(told(room.omissions())).toMatchObject([
    { kind: 'messages', count: 1, names: ['m2'] },
    { kind: 'steps', count: 2, names: ['t1'] },
  ]);
});

test('names that do not fit are left out, and counts stay right', () => {
  for (const bytesMax of [1024, 5000, 300_000]) {
    const room = new Room(bytesMax);
    const parts: Part[] = [];
    room.put(1, Buffer.alloc(room.bytes - 8), 'tasks', 'x', parts);
    const kinds = ['tasks', 'descriptions', 'steps', 'checkpoints', 'notes', 'conflicts', 'locks'] as const;
    for (const kind of [...kinds, 'messages', 'memories', 'ready_tasks'] as const) {
      for (let i = 0; i < 1000; i++) room.leave(kind, `projects/default/tasks/a-task-with-a-long-id-${i}`);
    }
    const omissions = room.omissions();
    expect(told(omissions).map(({ count }) => count)).toEqual(Array.from({ length: 10 }, () => 1000));
    expect(splice([...parts, ...omissions]).length).toBeLessThanOrEqual(bytesMax);
  }
});
