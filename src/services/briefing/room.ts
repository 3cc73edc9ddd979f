// How much of a briefing fits, and what does not.

import { Omission } from '../../gen/holdfast/v1/briefing';
import { fieldBytes } from '../splice';
import type { Part } from '../splice';

/** What may be left out, in the words of Omission.kind. */
export type LeftOut =
  | 'tasks'
  | 'descriptions'
  | 'steps'
  | 'checkpoints'
  | 'notes'
  | 'conflicts'
  | 'locks'
  | 'messages'
  | 'memories'
  | 'ready_tasks';

/** Briefing.omissions. */
const OMISSIONS_FIELD = 9;
/** Bytes that are kept for saying what was left out: all kinds without names take less than the least. */
const RESERVE_BYTES_MIN = 320;
const RESERVE_BYTES_MAX = 8192;
/** … and the part of the whole that they may take. */
const RESERVE_SHARE = 8;

/** The room of one briefing. What was left out is counted by kind, and named as far as there is room at the end. */
export class Room {
  private left: number;
  private readonly omitted = new Map<LeftOut, string[]>();

  constructor(bytesMax: number) {
    const reserve = Math.min(Math.max(Math.floor(bytesMax / RESERVE_SHARE), RESERVE_BYTES_MIN), RESERVE_BYTES_MAX);
    this.reserve = reserve;
    this.left = bytesMax - reserve;
  }

  private readonly reserve: number;

  /** Bytes that are left for content. */
  get bytes(): number {
    return this.left;
  }

  /** Takes bytes if they are there. */
  take(bytes: number): boolean {
    if (bytes > this.left) return false;
    this.left -= bytes;
    return true;
  }

  /** Takes the bytes of an encoded field if they are there; else it is left out under this name. */
  put(field: number, bytes: Uint8Array, kind: LeftOut, name: string, into: Part[]): boolean {
    if (!this.take(fieldBytes(field, bytes.length))) {
      this.leave(kind, name);
      return false;
    }
    into.push({ field, bytes });
    return true;
  }

  /** Something was left out. */
  leave(kind: LeftOut, ...names: readonly string[]): void {
    const known = this.omitted.get(kind);
    if (known) known.push(...names);
    else if (names.length > 0) this.omitted.set(kind, [...names]);
  }

  /** What was left out, within all the room that there is still. */
  omissions(): Part[] {
    let room = this.left + this.reserve;
    const all = [...this.omitted].map(([kind, names]) => ({
      kind,
      count: names.length,
      names: [] as string[],
      all: names,
    }));
    for (const each of all) room -= encoded(each).length + 8;
    for (const each of all) {
      const names = new Set(each.all);
      for (const name of names) {
        const bytes = fieldBytes(3, Buffer.byteLength(name)) + 1;
        if (bytes > room) break;
        room -= bytes;
        each.names.push(name);
      }
    }
    return all.map((each) => ({ field: OMISSIONS_FIELD, bytes: encoded(each) }));
  }
}

function encoded({ kind, count, names }: Omission): Uint8Array {
  return Omission.encode({ kind, count, names }).finish();
}
