import fc from 'fast-check';
import { BatchCreateTasksResponse, CreateTaskResponse } from '../../src/gen/holdfast/v1/task_service';
import { Position } from '../../src/gen/holdfast/v1/common';
import { Task } from '../../src/gen/holdfast/v1/task';
import { fieldBytes, PositionEncoding, splice, varintBytes, writeField, writeVarint } from '../../src/services/splice';
import { WireScan } from '../../src/domain/wire';
import { chosenSeed } from '../support/seed';

const seed = chosenSeed();

const positions = new PositionEncoding('0123456789abcdef');

it('writes varints that the wire reader reads back, with the length that it says', () => {
  const edges = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 35, Number.MAX_SAFE_INTEGER];
  const check = (value: number): void => {
    const bytes = Buffer.alloc(12);
    bytes[0] = 1 << 3;
    const end = writeVarint(bytes, value, 1);
    expect(end - 1).toBe(varintBytes(value));
    const scan = new WireScan(bytes.subarray(0, end));
    expect(scan.next()).toBe(true);
    expect(scan.varint).toBe(value);
  };
  edges.forEach(check);
  fc.assert(fc.property(fc.maxSafeNat(), check), { seed });
});

it('writes fields as long as it says', () => {
  const bytes = Buffer.alloc(300, 7);
  const target = Buffer.alloc(400);
  expect(writeField(target, 300, bytes, 0)).toBe(fieldBytes(300, bytes.length));
});

it('encodes a position as the generated code does', () => {
  for (const sequence of [0, 1, 127, 128, 2 ** 40]) {
    const generated = Position.encode({ history: '0123456789abcdef', sequence }).finish();
    expect(positions.bytes(sequence).equals(generated)).toBe(true);
  }
});

it('puts a stored task into a reply without a decode', () => {
  const image = Task.encode(Task.fromPartial({ name: 'projects/p/tasks/t1', title: 'x'.repeat(300) })).finish();
  const reply = CreateTaskResponse.decode(positions.entityReply(image, 42));
  expect(reply.task).toMatchObject({ name: 'projects/p/tasks/t1', title: 'x'.repeat(300) });
  expect(reply.position).toMatchObject({ history: '0123456789abcdef', sequence: 42 });
});

it('repeats a field for each part and appends the tail', () => {
  const image = Task.encode(Task.fromPartial({ title: 'x' })).finish();
  const parts = [1, 2, 3].map(() => ({ field: 1, bytes: image }));
  const tail = splice([{ field: 2, bytes: positions.bytes(7) }]);
  const reply = BatchCreateTasksResponse.decode(splice(parts, tail));
  expect(reply.tasks.map(({ title }) => title)).toEqual(['x', 'x', 'x']);
  expect(reply.position?.sequence).toBe(7);
});
