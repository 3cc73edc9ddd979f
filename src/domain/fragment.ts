import { WireScan } from './wire';

/** A message with these of its top-level fields alone, as they stand. Throws RangeError on bytes that are no message. */
export function onlyFields(image: Uint8Array, fields: ReadonlySet<number>): Uint8Array {
  const kept: Uint8Array[] = [];
  const scan = new WireScan(image);
  while (scan.next()) if (fields.has(scan.field)) kept.push(image.subarray(scan.tagStart, scan.end));
  return Buffer.concat(kept);
}

/**
 * A message without some of its top-level fields, cut out of its bytes without a decode: BASIC views. The rest keeps its
 * order. Gives `image` itself when it has none of them. Throws RangeError on bytes that are no message.
 */
export function withoutFields(image: Uint8Array, fields: ReadonlySet<number>): Uint8Array {
  let kept: Uint8Array | undefined;
  let length = 0;
  /** Where the run of fields starts that is kept but not copied yet. */
  let from = 0;
  const scan = new WireScan(image);
  while (scan.next()) {
    if (!fields.has(scan.field)) continue;
    kept ??= new Uint8Array(image.length);
    kept.set(image.subarray(from, scan.tagStart), length);
    length += scan.tagStart - from;
    from = scan.end;
  }
  if (!kept) return image;
  kept.set(image.subarray(from), length);
  return kept.subarray(0, length + image.length - from);
}
