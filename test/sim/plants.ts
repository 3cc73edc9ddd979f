// Bugs, planted into the engine from outside. Each gives back what takes it out again.

// The module itself, not a copy of its names.
import zlib from 'node:zlib';
import { Committer } from '../../src/engine/committer';
import { Decider } from '../../src/engine/decider';
import type { DecidedRecord } from '../../src/engine/decider';
import { Feed } from '../../src/engine/feed';
import type { FeedCursor } from '../../src/engine/feed';
import type { Settlement } from '../../src/engine/group';
import type { Files, OpenFile } from '../../src/storage/files';
import { LevelStore } from '../../src/storage/state/level-store';
import type { WriteBatch } from '../../src/storage/state/level-store';

/** A bug: what it does to the code, and what it puts between the engine and the disk. */
export interface Plant {
  readonly root?: () => () => void;
  readonly between?: (files: Files) => Files;
}

/** The kernel tells each handle of a failed write-back once; the next flush succeeds, with nothing left to write. */
const FLUSH_TRIES = 3;

type Method = (this: never, ...args: never[]) => unknown;

/** Puts a method in the place of another; the original comes as an argument. */
function graft<M extends Method>(target: object, name: string, make: (original: M) => M): () => void {
  const original = Reflect.get(target, name) as M;
  Reflect.set(target, name, make(original));
  return () => void Reflect.set(target, name, original);
}

type Accept = (this: Committer, decided: DecidedRecord, settlement: Settlement) => void;
type Publish = Feed['publish'];

function replyBeforeSync(): () => void {
  return graft<Accept>(Committer.prototype, 'accept', (accept) => {
    return function (decided, settlement) {
      accept.call(this, decided, settlement);
      const { outcome, waiting } = settlement;
      if (!(outcome instanceof Error) && typeof outcome !== 'function') waiting.resolve(outcome);
    };
  });
}

function eventBeforeSync(): () => void {
  let publish: Publish;
  const silence = graft<Publish>(Feed.prototype, 'publish', (original) => {
    publish = original;
    return () => undefined;
  });
  const tell = graft<Accept>(Committer.prototype, 'accept', (accept) => {
    return function (decided, settlement) {
      accept.call(this, decided, settlement);
      const { feed } = Reflect.get(this, 'parts') as { feed: Feed };
      publish.call(feed, [decided]);
    };
  });
  return () => {
    silence();
    tell();
  };
}

function publishTwice(): () => void {
  return graft<Feed['open']>(Feed.prototype, 'open', (open) => {
    return function (this: Feed, after: number) {
      const cursor = open.call(this, after);
      return Object.create(cursor, { next: { value: () => twice(cursor) } }) as FeedCursor;
    };
  });
}

async function twice(cursor: FeedCursor): ReturnType<FeedCursor['next']> {
  const { records, fromDisk } = await cursor.next();
  return { records: records.flatMap((record) => [record, record]), fromDisk };
}

function decideTwice(): () => void {
  return graft<Decider['earlier']>(Decider.prototype, 'earlier', () => () => undefined);
}

function uncheckedCrc(): () => void {
  return graft(zlib, 'crc32', () => () => 0);
}

/** Redo writes with array batches; live writes do not. */
function staleIndexAfterRedo(): () => void {
  return graft<LevelStore['array']>(LevelStore.prototype, 'array', (array) => {
    return function (this: LevelStore): WriteBatch {
      const batch = array.call(this);
      return { put: (key, value) => batch.put(key, value), del: () => undefined, write: () => batch.write() };
    };
  });
}

function withoutFileSync(files: Files): Files {
  return over(files, {
    open: async (path, mode): Promise<OpenFile> => {
      const file = await files.open(path, mode);
      return over(file, { datasync: () => Promise.resolve(), sync: () => Promise.resolve() });
    },
  });
}

function withoutDirectorySync(files: Files): Files {
  return over(files, { syncDirectory: () => Promise.resolve() });
}

/** What an unclean start copies forward never takes the place of the segment with the torn tail. */
function withoutTailCut(files: Files): Files {
  const isCopy = (from: string): boolean => /[0-9a-f]{16}\.seg\.new$/.test(from);
  return over(files, { rename: (from, to) => (isCopy(from) ? files.unlink(from) : files.rename(from, to)) });
}

/** A flush that fails is tried again, as if that helped: the kernel has marked the pages clean. */
export function retryingFlushes(files: Files): Files {
  return over(files, {
    open: async (path, mode): Promise<OpenFile> => {
      const file = await files.open(path, mode);
      const again = async (): Promise<void> => {
        for (let tries = 1; ; tries++) {
          try {
            return await file.datasync();
          } catch (error) {
            if (tries === FLUSH_TRIES) throw error;
          }
        }
      };
      return over(file, { datasync: again });
    },
  });
}

/** The same object with some methods replaced. */
function over<T extends object>(inner: T, methods: Partial<T>): T {
  return new Proxy(inner, {
    get(target, name) {
      const own = Reflect.get(methods, name) as unknown;
      const found: unknown = own ?? Reflect.get(target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
}

export const plants: Readonly<Record<string, Plant>> = {
  'no fdatasync': { between: withoutFileSync },
  'no tail cut': { between: withoutTailCut },
  'no directory sync': { between: withoutDirectorySync },
  'reply before sync': { root: replyBeforeSync },
  'event before sync': { root: eventBeforeSync },
  'publish twice': { root: publishTwice },
  'decide twice': { root: decideTwice },
  'unchecked CRC': { root: uncheckedCrc },
  'a stale index entry left by redo': { root: staleIndexAfterRedo },
};
