// Pages over rows that a filter is held against: bounded in what they show, and in what they look at.

import type { ScannedRow } from '../storage/state/state';
import { Breather } from './breather';
import { PAGE_BYTES_MAX } from './reading';
import type { Part } from './splice';

/** Rows that one page may examine: some 30 ms of the main thread. */
const EXAMINED_MAX = 10_000;
/** Bytes of rows that one page may examine: some 100 ms of the main thread, in pieces. */
const EXAMINED_BYTES_MAX = 16 * 1024 * 1024;

/** A page of rows as field 1 of a response. */
export interface ExaminedPage {
  readonly parts: Part[];
  /** The cursor of the last row that was looked at; undefined after the last page. */
  readonly next: string | undefined;
  /** The page is short because too much was examined. */
  readonly scanLimited: boolean;
}

/** Reads until the page is full and one more match is known, the rows end, or too much was examined. */
export async function readExaminedPage(
  rows: AsyncIterable<ScannedRow>,
  size: number,
  matches: (image: Uint8Array) => boolean,
): Promise<ExaminedPage> {
  const parts: Part[] = [];
  const breather = new Breather();
  let last: string | undefined;
  let bytes = 0;
  let examined = 0;
  let examinedBytes = 0;
  for await (const { row, cursor } of rows) {
    const { image } = row;
    if (matches(image)) {
      const full = parts.length === size || (parts.length > 0 && bytes + image.length > PAGE_BYTES_MAX);
      if (full) return { parts, next: last, scanLimited: false };
      parts.push({ field: 1, bytes: image });
      bytes += image.length;
    }
    last = cursor;
    examined++;
    examinedBytes += image.length;
    if (examined === EXAMINED_MAX || examinedBytes >= EXAMINED_BYTES_MAX) {
      return { parts, next: last, scanLimited: parts.length < size };
    }
    await breather.pause();
  }
  return { parts, next: undefined, scanLimited: false };
}
