// Checks of fields that tasks and projects share. Each reports what is wrong and allocates nothing when all is well.

import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { ANNOTATIONS_BYTES_MAX, LABELS_MAX, LABEL_KEY_LENGTH_MAX, LABEL_VALUE_LENGTH_MAX } from './limits';
import { characters } from './names';
import { quote } from './quote';
import { isTimestamp } from './timestamp';
import type { Report } from './violations';

const LABEL_KEY = /^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/;

/** At most so many Unicode characters. */
export function checkLength(text: string, lengthMax: number, field: string, report: Report): void {
  if (text.length <= lengthMax) return;
  const length = characters(text);
  if (length > lengthMax) report(field, `has ${length} characters, at most ${lengthMax} are allowed`);
}

/** At most so many bytes of UTF-8. */
export function checkBytes(text: string, bytesMax: number, field: string, report: Report): void {
  if (text.length * 3 <= bytesMax) return;
  const bytes = Buffer.byteLength(text);
  if (bytes > bytesMax) report(field, `takes ${bytes} bytes, at most ${bytesMax} are allowed`);
}

export function checkTime(time: Timestamp | undefined, field: string, report: Report): void {
  if (time && !isTimestamp(time)) report(field, 'is no time between the years 1 and 9999');
}

/** What is wrong with a label's key, or undefined. */
function labelKeyProblem(key: string): string | undefined {
  if (LABEL_KEY.test(key)) return undefined;
  const rule = `1 to ${LABEL_KEY_LENGTH_MAX} of a-z, 0-9, ".", "_", "/" and "-", with a letter or digit at each end`;
  return `${quote(key)} is no label key: ${rule}`;
}

export function checkLabels(labels: ReadonlyMap<string, string>, report: Report): void {
  if (labels.size === 0) return;
  if (labels.size > LABELS_MAX) report('labels', `has ${labels.size} entries, at most ${LABELS_MAX} are allowed`);
  for (const [key, value] of labels) {
    const problem = labelKeyProblem(key);
    if (problem) report('labels', problem);
    else checkLength(value, LABEL_VALUE_LENGTH_MAX, `labels.${key}`, report);
  }
}

export function checkAnnotations(annotations: ReadonlyMap<string, string>, report: Report): void {
  if (annotations.size === 0) return;
  if (annotations.has('')) report('annotations', 'has an empty key');
  let units = 0;
  for (const [key, value] of annotations) units += key.length + value.length;
  if (units * 3 <= ANNOTATIONS_BYTES_MAX) return;
  let bytes = 0;
  for (const [key, value] of annotations) bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (bytes > ANNOTATIONS_BYTES_MAX) {
    report('annotations', `takes ${bytes} bytes in all, at most ${ANNOTATIONS_BYTES_MAX} are allowed`);
  }
}
