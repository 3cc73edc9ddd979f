// What is asked of whoever makes a backup, and what it is made from.

import type { HistorySpan } from '../journal/journal';
import type { Blobs } from '../blobs/blobs';
import type { Files } from '../files';
import type { LevelState } from '../state/level-state';
import type { MadeKind } from './manifest';
import type { Pace } from './pace';

/** What is backed up, and to where. */
export interface BackupSource {
  readonly files: Files;
  /** The data directory. */
  readonly dir: string;
  /** The backups' directory; it exists. */
  readonly backups: string;
  readonly state: LevelState;
  readonly blobs: Blobs;
  readonly pool: Blobs;
  /** What the journal says of the state at a sequence. Throws when it commits to another digest. */
  readonly witness: (sequence: number, digest: Uint8Array) => Promise<JournalWitness>;
}

export interface JournalWitness {
  readonly lineage: readonly HistorySpan[];
  readonly chain: Uint8Array;
  /** Journal time of the record, in milliseconds. */
  readonly journalAt: number;
}

/** What is to be made. */
export interface BackupOrder {
  readonly id: string;
  readonly kind: MadeKind;
  readonly description: string;
  readonly operation: string;
  readonly serverVersion: string;
  /** By the wall clock, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly pace: Pace;
  /** `done` of `total` bytes, roughly. */
  readonly onProgress: (phase: BackupPhase, done: number, total: number) => void;
}

export type BackupPhase = 'freezing' | 'copying' | 'verifying';
