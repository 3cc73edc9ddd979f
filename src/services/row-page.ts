import type { ScannedRow } from '../storage/state/state';
import { PAGE_BYTES_MAX } from './reading';
import type { Part } from './splice';

/** A page of rows as field 1 of a response. */
export interface RowPage {
  readonly parts: Part[];
  /** The cursor of the page's last row; undefined after the last page. */
  readonly next: string | undefined;
}

/** Reads rows until the page is full and one more is known, or they end. `shows` says which count, `show` how one is shown. */
export async function readRowPage(
  rows: AsyncIterable<ScannedRow>,
  pageSize: number,
  shows: (row: ScannedRow) => boolean = () => true,
  show: (row: ScannedRow) => Uint8Array = ({ row }) => row.image,
): Promise<RowPage> {
  const parts: Part[] = [];
  let last: string | undefined;
  let bytes = 0;
  for await (const scanned of rows) {
    if (!shows(scanned)) continue;
    const image = show(scanned);
    const full = parts.length === pageSize || (parts.length > 0 && bytes + image.length > PAGE_BYTES_MAX);
    if (full) return { parts, next: last };
    parts.push({ field: 1, bytes: image });
    bytes += image.length;
    last = scanned.cursor;
  }
  return { parts, next: undefined };
}
