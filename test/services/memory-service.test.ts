import { status as Code } from '@grpc/grpc-js';
import type { Memory } from '../../src/gen/holdfast/v1/memory';
import {
  DeleteMemoryRequest,
  GetMemoryRequest,
  ListMemoriesRequest,
  MemoryServiceClient,
  PutMemoryRequest,
} from '../../src/gen/holdfast/v1/memory_service';
import type { ListMemoriesResponse } from '../../src/gen/holdfast/v1/memory_service';
import { ApplyMutationsRequest } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';

async function booted(options: Parameters<typeof boot>[0] = {}) {
  const server = await boot(options);
  return { server, memories: server.client(MemoryServiceClient) };
}

const put = async (memories: MemoryServiceClient, memory: Partial<Memory>, fields: object = {}): Promise<Memory> =>
  (await call(memories, 'putMemory', PutMemoryRequest.fromPartial({ parent, memory, ...fields }))).memory!;

const nameOf = (path: string): string => `${parent}/memories/${path}`;

async function list(memories: MemoryServiceClient, fields: object = {}): Promise<ListMemoriesResponse> {
  return call(memories, 'listMemories', ListMemoriesRequest.fromPartial({ parent, ...fields }));
}

/** The paths of all pages. */
async function paths(memories: MemoryServiceClient, fields: object = {}): Promise<string[]> {
  const found: string[] = [];
  for (let pageToken = ''; ;) {
    const page = await list(memories, { ...fields, pageToken });
    found.push(...page.memories.map(({ name }) => name.slice(nameOf('').length)));
    pageToken = page.nextPageToken;
    if (!pageToken) return found;
  }
}

it('a memory is put, read, listed and deleted', async () => {
  const { memories } = await booted();
  const made = await put(memories, {
    namespace: 'users/ada',
    key: 'colour',
    value: { is: 'red', at: [1, { x: null }] },
  });
  expect(made).toMatchObject({ name: nameOf('users/ada/colour'), revision: 1 });
  const got = await call(memories, 'getMemory', GetMemoryRequest.fromPartial({ name: made.name }));
  expect([got.memory, got.position?.sequence]).toEqual([made, Number(made.etag)]);
  expect((await list(memories)).memories).toEqual([made]);
  const gone = await call(
    memories,
    'deleteMemory',
    DeleteMemoryRequest.fromPartial({ name: made.name, etag: made.etag }),
  );
  expect(gone.memory).toEqual(made);
  await expect(call(memories, 'getMemory', GetMemoryRequest.fromPartial({ name: made.name }))).rejects.toMatchObject({
    code: Code.NOT_FOUND,
  });
  expect(await paths(memories)).toEqual([]);
});

it('a deletion that is asked for twice with one request id gives what was there, both times', async () => {
  const { server, memories } = await booted();
  const made = await put(memories, { namespace: 'a', key: 'b', value: { n: 1 } });
  const request = DeleteMemoryRequest.fromPartial({
    name: made.name,
    requestId: '018f0000-0000-7000-8000-000000000001',
  });
  const first = await call(memories, 'deleteMemory', request);
  await put(memories, { namespace: 'a', key: 'b', value: { n: 2 } });
  await server.stop();
  const again = await booted({ dir: server.dir });
  expect(await call(again.memories, 'deleteMemory', request)).toEqual(first);
  expect(first.memory).toEqual(made);
  expect(await paths(again.memories)).toEqual(['a/b']);
});

it('a dry run of a deletion shows what would go, and takes nothing away', async () => {
  const { memories } = await booted();
  const made = await put(memories, { namespace: 'a', key: 'b' });
  const dry = DeleteMemoryRequest.fromPartial({ name: made.name, validateOnly: true });
  expect((await call(memories, 'deleteMemory', dry)).memory).toEqual(made);
  expect(await paths(memories)).toEqual(['a/b']);
});

it('of many who race to put a memory first, one wins', async () => {
  const { memories } = await booted();
  const racers = Array.from({ length: 50 }, (_, by) =>
    put(memories, { namespace: 'race', key: 'first', value: { by } }, { etag: '0' }).then(
      () => by,
      (error: { code: Code }) => {
        expect(error.code).toBe(Code.ABORTED);
        return undefined;
      },
    ),
  );
  const winners = (await Promise.all(racers)).filter((by) => by !== undefined);
  expect(winners).toHaveLength(1);
  const got = await call(memories, 'getMemory', GetMemoryRequest.fromPartial({ name: nameOf('race/first') }));
  expect(got.memory).toMatchObject({ value: { by: winners[0] }, revision: 1 });
});

it('counts that many increment by their etag lose none', async () => {
  const { memories } = await booted();
  await put(memories, { namespace: 'n', key: 'count', value: { n: 0 } });
  const name = nameOf('n/count');
  const increment = async (): Promise<void> => {
    for (;;) {
      const { memory } = await call(memories, 'getMemory', GetMemoryRequest.fromPartial({ name }));
      const n = (memory!.value!['n'] as number) + 1;
      try {
        await put(memories, { namespace: 'n', key: 'count', value: { n } }, { etag: memory!.etag });
        return;
      } catch (error) {
        expect((error as { code: Code }).code).toBe(Code.ABORTED);
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, increment));
  const { memory } = await call(memories, 'getMemory', GetMemoryRequest.fromPartial({ name }));
  expect(memory).toMatchObject({ value: { n: 20 }, revision: 21 });
});

describe('a listing', () => {
  const all = ['plans/t1/next', 'users/ada/a', 'users/ada/b', 'users/colour', 'users2/x', 'zoo/y'];

  async function filled(): Promise<MemoryServiceClient> {
    const { memories } = await booted();
    for (const [i, path] of [...all].reverse().entries()) {
      const slash = path.lastIndexOf('/');
      await put(memories, { namespace: path.slice(0, slash), key: path.slice(slash + 1), value: { i, tags: ['x'] } });
    }
    return memories;
  }

  it('is of a namespace and what is below it, in order, page by page', async () => {
    const memories = await filled();
    expect(await paths(memories)).toEqual(all);
    for (const pageSize of [1, 2, 3, 6]) expect(await paths(memories, { pageSize })).toEqual(all);
    expect(await paths(memories, { namespacePrefix: 'users' })).toEqual(all.slice(1, 4));
    expect(await paths(memories, { namespacePrefix: 'users/ada', pageSize: 1 })).toEqual(all.slice(1, 3));
    expect(await paths(memories, { namespacePrefix: 'user' })).toEqual([]);
  });

  it('is of those whose value passes the filter', async () => {
    const memories = await filled();
    expect(await paths(memories, { filter: 'value.i < 2' })).toEqual(['users2/x', 'zoo/y']);
    expect(await paths(memories, { filter: 'value.i < 2', pageSize: 1 })).toEqual(['users2/x', 'zoo/y']);
    expect(await paths(memories, { filter: 'value.tags:x AND value.i >= 4', namespacePrefix: 'users' })).toEqual([
      'users/ada/a',
    ]);
    await expect(list(memories, { filter: 'value.i <' })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
    await expect(list(memories, { filter: 'key = "x"' })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  });

  it('refuses a token of another query, a prefix that is none, and an unknown project', async () => {
    const memories = await filled();
    const { nextPageToken: pageToken } = await list(memories, { pageSize: 1 });
    for (const fields of [{ pageToken, filter: 'value.i = 1' }, { namespacePrefix: 'users/' }, { pageSize: -1 }]) {
      await expect(list(memories, fields)).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
    }
    await expect(list(memories, { parent: 'projects/none' })).rejects.toMatchObject({ code: Code.NOT_FOUND });
  });

  it('stops after 10,000 that were examined, says so, and goes on', async () => {
    const { server, memories } = await booted();
    const mutations = (from: number): ApplyMutationsRequest =>
      ApplyMutationsRequest.fromPartial({
        parent,
        mutations: Array.from({ length: 1000 }, (_, i) => ({
          mutation: {
            $case: 'putMemory' as const,
            value: { memory: { namespace: 'many', key: String(from + i).padStart(6, '0'), value: { n: from + i } } },
          },
        })),
      });
    for (let from = 0; from < 12_000; from += 1000) await call(server.tasks, 'applyMutations', mutations(from));
    const first = await list(memories, { filter: 'value.n >= 11990' });
    expect([first.memories.length, first.scanLimited, first.nextPageToken === '']).toEqual([0, true, false]);
    const rest = await list(memories, { filter: 'value.n >= 11990', pageToken: first.nextPageToken });
    expect([rest.memories.length, rest.scanLimited, rest.nextPageToken]).toEqual([10, false, '']);
  });
});

it('a memory whose ttl has passed goes by itself, and a put keeps it', async () => {
  const { server, memories } = await booted();
  const stream = new EventStream(server.events, { parent, types: ['memory.deleted'] });
  const ttl = { seconds: 1, nanos: 0 };
  await put(memories, { namespace: 'short', key: 'kept', ttl });
  await put(memories, { namespace: 'short', key: 'gone', ttl });
  await put(memories, { namespace: 'short', key: 'kept' });
  await stream.until(({ events }) => events.length > 0);
  expect(stream.events).toMatchObject([{ name: nameOf('short/gone'), principal: 'system' }]);
  expect(await paths(memories)).toEqual(['short/kept']);
});

it('subscribers are told of each memory that is put or deleted, and what it was before', async () => {
  const { server, memories } = await booted();
  const stream = new EventStream(server.events, { parent, types: ['memory.*'], includePrevious: true });
  await stream.until(({ messages }) => messages.length > 0);
  const made = await put(memories, { namespace: 'a', key: 'b', value: { n: 1 } });
  await call(memories, 'deleteMemory', DeleteMemoryRequest.fromPartial({ name: made.name }));
  await stream.until(({ events }) => events.length === 2);
  const [first, second] = stream.events;
  expect(first).toMatchObject({
    type: 'memory.put',
    name: made.name,
    after: { resource: { $case: 'memory', value: made } },
  });
  expect(second).toMatchObject({ type: 'memory.deleted', previous: { resource: { $case: 'memory', value: made } } });
  expect(second!.after).toBeUndefined();
});
