import type { Action, Command } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { Files } from '../storage/files';
import type { Journal } from '../storage/journal/journal';

/** Commands that make the store grow. Others (completions, deletes, purges) go on when the disk is nearly full. */
const GROWS: ReadonlySet<string> = new Set<Action['kind']>([
  'createProject',
  'createTask',
  'batchCreateTasks',
  'updateTask',
  'updateQueue',
  'updateProject',
  'reopenTask',
  'addDependency',
  'startOperation',
  'addNote',
  'acquireLock',
  'importTasks',
  'claimTask',
  'requestInput',
  'putStep',
  'putMemory',
  'sendMessage',
  'startSession',
  'saveCheckpoint',
  'putCheckpointWrites',
  'copyCheckpoints',
  'appendTranscript',
  'resumeSession',
]);
/** Journal bytes that growth may not touch: some thousand completions. */
const RESERVE_BYTES = 256 * 1024;
/** A frame's and a group's own bytes, generously (docs/journal-format.md). */
const FRAME_BYTES = 4096;
/** Bytes of records that go on while the state cannot be written: some thousand completions, in memory beside the overlay's own bound. */
const HELD_BYTES_MAX = 4 * 1024 * 1024;
/** When a refused caller should come back, in milliseconds: a second look at the disk comes every second. */
const RETRY_AFTER_MS = 1000;

/**
 * Decides whether the disk has room for a command, before the command is decided for good.
 *
 * G1. A record is appended only into journal space that is already on disk: a full disk is met here, where the command can
 *     be refused whole, and never in the append, where it would halt the server.
 * G2. When free space falls under the floor, growth is refused. It resumes by itself when there is space again.
 * G3. While the state cannot be written, what goes on stays in memory: a bounded number of bytes, then nothing goes on.
 */
export class DiskGuard {
  private journalFull = false;
  private diskFull = false;
  /** Bytes admitted since the state cannot be written; undefined while it can. */
  private heldBytes: number | undefined;

  constructor(
    private readonly journal: Journal,
    private readonly files: Files,
    private readonly dir: string,
    /** Free bytes below which growth is refused. */
    readonly freeBytesMin: number,
  ) {}

  /** Whether growth is refused at present. */
  get full(): boolean {
    return this.journalFull || this.diskFull || this.held;
  }

  /** Whether fewer bytes are free than the floor, as of the last look. */
  get low(): boolean {
    return this.diskFull;
  }

  /** Whether the state waits for space (G3). */
  get held(): boolean {
    return this.heldBytes !== undefined;
  }

  /** The state cannot be written for want of space, from now on until the store is opened anew. */
  hold(): void {
    this.heldBytes ??= 0;
  }

  /** `bytes` of a record, behind `ahead` bytes that are on their way to the journal. */
  admit(command: Command, bytes: number, ahead: number): 'yes' | 'make room' | Refusal {
    const grows = growsBy(command);
    if (grows && this.full) return diskFull();
    if ((this.heldBytes ?? 0) > HELD_BYTES_MAX) return diskFull();
    const needed = ahead + bytes + FRAME_BYTES + (grows ? RESERVE_BYTES : 0);
    if (this.journal.room() >= needed) {
      if (this.heldBytes !== undefined) this.heldBytes += bytes;
      return 'yes';
    }
    return this.journalFull ? diskFull() : 'make room';
  }

  /** Asks the disk for journal space for `bytes`. Never rejects: a disk that has none is remembered. */
  async makeRoom(bytes: number): Promise<void> {
    try {
      await this.journal.makeRoom(bytes + FRAME_BYTES + RESERVE_BYTES);
      this.journalFull = false;
    } catch {
      // ENOSPC, or a disk that fails: the command is refused, and upkeep asks again. Nothing was written to the journal.
      this.journalFull = true;
    }
  }

  /** Looks at the disk: once a second, from upkeep. */
  async look(): Promise<void> {
    this.diskFull = (await this.files.freeBytes(this.dir)) < this.freeBytesMin;
    if (this.journalFull) await this.makeRoom(0);
  }
}

/** An Apply grows if any of its mutations does. */
function growsBy(action: Action): boolean {
  if (action.kind !== 'applyMutations') return GROWS.has(action.kind);
  return action.request.mutations.some(({ mutation }) => mutation !== undefined && GROWS.has(mutation.$case));
}

/** What growth is refused with. */
export function diskFull(): Refusal {
  return new Refusal(
    'DISK_FULL',
    'the disk is nearly full: what would grow the store is refused until there is space; reads, completions and deletes go on',
    { retryAfterMs: RETRY_AFTER_MS },
  );
}
