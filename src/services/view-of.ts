// What a BASIC view leaves out, cut out of the stored bytes.

import { withoutFields } from '../domain/fragment';
import { WireScan } from '../domain/wire';
import { View } from '../gen/holdfast/v1/common';
import { splice } from './splice';

/** Field numbers of holdfast.v1.Task: description, annotations, acceptance_criteria, payload, result. */
const LONG_FIELDS: ReadonlySet<number> = new Set([7, 16, 18, 20, 29]);
/** Task.error, and TaskError.details in it. */
const ERROR_FIELD = 30;
const ERROR: ReadonlySet<number> = new Set([ERROR_FIELD]);
const ERROR_DETAILS: ReadonlySet<number> = new Set([3]);

/** The task as the view shows it. `fallback` stands for VIEW_UNSPECIFIED. Gives `image` itself where nothing is cut. */
export function taskInView(image: Uint8Array, view: View, fallback: View): Uint8Array {
  if ((view === View.UNSPECIFIED ? fallback : view) === View.FULL) return image;
  const short = withoutFields(image, LONG_FIELDS);
  const error = valueOf(short, ERROR_FIELD);
  if (!error) return short;
  const shortError = withoutFields(error, ERROR_DETAILS);
  if (shortError === error) return short;
  return splice([], Buffer.concat([withoutFields(short, ERROR), splice([{ field: ERROR_FIELD, bytes: shortError }])]));
}

function valueOf(message: Uint8Array, field: number): Uint8Array | undefined {
  const scan = new WireScan(message);
  while (scan.next()) if (scan.field === field) return message.subarray(scan.valueStart, scan.end);
  return undefined;
}
