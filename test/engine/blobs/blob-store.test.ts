// Goal: bytes stay while anybody needs them, and no longer; a disk that is full refuses them whole. Method: the store over a disk in memory, with
// rows that the test holds.

import { BlobStore } from '../../../src/engine/blobs/blob-store';
import { Blobs } from '../../../src/storage/blobs/blobs';
import { FaultyFiles } from '../../support/faulty-files';

const DIR = '/store/blobs';
const MIB = 1024 * 1024;

async function world() {
  const files = new FaultyFiles();
  await files.makeDirectory('/store');
  const blobs = await Blobs.open(files, DIR);
  const state = { named: new Set<string>(), full: false, looks: 0, halted: false, problems: [] as string[] };
  const store = new BlobStore({
    blobs,
    isDiskFull: (look) => {
      if (look) state.looks++;
      return Promise.resolve(state.full);
    },
    isNamed: (digest) => state.named.has(digest),
    isHalted: () => state.halted,
    onProblem: (what, error) => state.problems.push(`${what}: ${error.message}`),
  });
  const digests = async (): Promise<string[]> => {
    const all: string[] = [];
    for await (const digest of blobs.list()) all.push(digest);
    return all;
  };
  const asides = async (): Promise<string[]> => (await files.list(DIR)).filter((name) => name.endsWith('.new'));
  return { files, blobs, state, store, digests, asides };
}

const bytes = (value: number): Buffer => Buffer.alloc(1000, value);

it('bytes that no row came to name go when they are released, those that one names stay (L1, L2)', async () => {
  const { state, store, digests } = await world();
  const [refused, kept] = [await store.keep(bytes(1)), await store.keep(bytes(2))];
  state.named.add(kept.digest);
  refused.release();
  kept.release();
  kept.release();
  await store.stop();
  expect(await digests()).toEqual([kept.digest]);
});

it('bytes that two calls brought stay until both are over', async () => {
  const { store, digests } = await world();
  const [one, other] = await Promise.all([store.keep(bytes(1)), store.keep(bytes(1))]);
  one.release();
  one.release();
  await new Promise((resolve) => setImmediate(resolve));
  store.collect(one.digest);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await digests()).toEqual([one.digest]);
  other.release();
  await store.stop();
  expect(await digests()).toEqual([]);
});

it('nothing is removed after a halt: what is durable is not known', async () => {
  const { state, store, digests } = await world();
  const pinned = await store.keep(bytes(1));
  state.halted = true;
  pinned.release();
  store.collect(pinned.digest);
  store.sweep();
  await store.stop();
  expect(await digests()).toEqual([pinned.digest]);
});

it('a walk removes what nothing names and nobody pins (L3)', async () => {
  const { blobs, state, store, digests } = await world();
  const strays = await Promise.all([1, 2, 3].map((value) => blobs.put(bytes(value))));
  const named = await blobs.put(bytes(4));
  state.named.add(named);
  const pinned = await store.keep(bytes(5));
  store.sweep();
  while ((await digests()).length > 2) await new Promise((resolve) => setImmediate(resolve));
  expect(await digests()).toEqual([named, pinned.digest].sort());
  expect(strays).not.toContain(pinned.digest);
  await store.stop();
});

it('a full disk refuses bytes with DISK_FULL: at once, while they come, and where the disk says so itself (L4)', async () => {
  const { files, state, store, digests, asides } = await world();
  state.full = true;
  await expect(store.keep(bytes(1))).rejects.toMatchObject({ reason: 'DISK_FULL' });
  state.full = false;
  const upload = await store.begin();
  for (let i = 0; i < 15; i++) await upload.write(Buffer.alloc(MIB));
  expect(state.looks).toBe(0);
  state.full = true;
  await expect(upload.write(Buffer.alloc(MIB))).rejects.toMatchObject({ reason: 'DISK_FULL' });
  await upload.abort();
  expect([state.looks, await asides()]).toEqual([1, []]);
  state.full = false;
  for (const call of ['open', 'write', 'sync', 'rename'] as const) {
    files.fail({ call, code: 'ENOSPC', path: /blobs/ });
    await expect(store.keep(bytes(1))).rejects.toMatchObject({ reason: 'DISK_FULL' });
  }
  files.fail({ call: 'write', code: 'EIO' });
  await expect(store.keep(bytes(1))).rejects.toMatchObject({ code: 'EIO' });
  await store.stop();
  expect([await asides(), await digests(), state.problems]).toEqual([[], [], []]);
});
