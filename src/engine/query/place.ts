// Where a listing goes on: what a page token holds. Valid across restarts; the query that it belongs to is bound elsewhere.

import { fieldInvalid } from '../../domain/refusal';
import { scanKeys } from '../../storage/state/scan-ranges';
import type { ScanRange } from '../../storage/state/state';
import type { ClaimKey } from './order';

export type Place =
  /** Behind a row of one of the ranges, which come one after another. */
  | { readonly in: 'range'; readonly project: string; readonly range: number; readonly cursor: string }
  /** Behind a row of ranges that are merged. */
  | { readonly in: 'merge'; readonly project: string; readonly key: ClaimKey }
  /** Behind all that a project has. */
  | { readonly in: 'projects'; readonly project: string };

export function formatPlace(place: Place): string {
  switch (place.in) {
    case 'range':
      return JSON.stringify(['r', place.project, place.range, place.cursor]);
    case 'merge': {
      const { priority, notBeforeMs, createTimeMs, id } = place.key;
      return JSON.stringify(['m', place.project, priority, notBeforeMs, createTimeMs, id]);
    }
    case 'projects':
      return JSON.stringify(['p', place.project]);
  }
}

/** Refuses FIELD_INVALID for a text that is no place. */
export function parsePlace(text: string): Place {
  const parts = partsOf(text);
  const [kind, project, ...rest] = parts;
  if (typeof project === 'string') {
    if (kind === 'p' && rest.length === 0) return { in: 'projects', project };
    const [range, cursor] = rest;
    if (kind === 'r' && rest.length === 2 && isCount(range) && typeof cursor === 'string') {
      return { in: 'range', project, range, cursor };
    }
    const [priority, notBeforeMs, createTimeMs, id] = rest;
    const counts = isCount(priority) && isCount(notBeforeMs) && isCount(createTimeMs);
    if (kind === 'm' && rest.length === 4 && counts && typeof id === 'string') {
      return { in: 'merge', project, key: { priority, notBeforeMs, createTimeMs, id } };
    }
  }
  throw noPlace();
}

/** The refusal of a token that leads nowhere in this listing. */
export function noPlace(): Error {
  return fieldInvalid('page_token', 'is not a token that this service gave');
}

/** Refuses FIELD_INVALID for a cursor that is none of the range. */
export function checkCursor(range: ScanRange, after: string | undefined): void {
  try {
    scanKeys(range, { after });
  } catch (fault) {
    throw fault instanceof RangeError ? noPlace() : fault;
  }
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
