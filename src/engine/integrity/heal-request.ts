/**
 * Puts the entry of one request id right where a command met it damaged. That command, and all behind it, wait meanwhile.
 *
 * Q1. What the entry still says of its sequence is asked first: the record there names its request id itself, or it is not the one.
 * Q2. Only then all of both days are worked out from the journal. Nothing is answered as unused before that.
 */
import { JournalCorruption, PositionTooOld } from '../../storage/journal/journal';
import type { Journal } from '../../storage/journal/journal';
import * as keys from '../../storage/state/keys';
import { RequestSums } from '../../storage/state/request-sums';
import { parseRequest, requestHint, requestValue } from '../../storage/state/values';
import { repairRequests } from './repair-requests';
import type { RequestRepair } from './repair-requests';

/** False: what was applied of these days cannot be brought back; only a rebuild helps. May run beside the work. */
export async function healRequest(parts: RequestRepair, principal: string, requestId: Uint8Array): Promise<boolean> {
  const damaged = await damagedEntries(parts, principal, requestId);
  let left = 0;
  for (const { generation, key, hint } of damaged) {
    const hash = await hashAt(parts.journal, hint, { generation, principal, requestId });
    if (hash === undefined) left++;
    else await put(parts, key, requestValue(key, hint, hash));
  }
  if (left === 0) return true;
  const { unresolved } = await repairRequests(
    parts,
    damaged.map(({ generation }) => generation),
  );
  return unresolved.length === 0;
}

interface Damaged {
  readonly generation: number;
  readonly key: Buffer;
  /** The sequence that it says. */
  readonly hint: number;
}

function damagedEntries({ state }: RequestRepair, principal: string, requestId: Uint8Array): Promise<Damaged[]> {
  return state.mend(({ store, requests }) => {
    const found: Damaged[] = [];
    for (const generation of [requests.generation, requests.oldest]) {
      const key = Buffer.from(keys.requestKey(generation, principal, requestId));
      const value = store.get(key);
      if (value !== undefined && !parseRequest(key, value)) found.push({ generation, key, hint: requestHint(value) });
    }
    return Promise.resolve(found);
  });
}

/** Q1. The hash of the request whose record stands there, if it is this one. */
async function hashAt(
  journal: Journal,
  sequence: number,
  asked: { readonly generation: number; readonly principal: string; readonly requestId: Uint8Array },
): Promise<Uint8Array | undefined> {
  if (sequence <= journal.floor() || sequence > journal.head().sequence) return undefined;
  try {
    const { principal, requestId, requestHash, timeMs } = await journal.record(sequence);
    const isIt =
      principal === asked.principal &&
      Buffer.compare(requestId, asked.requestId) === 0 &&
      RequestSums.of(timeMs) === asked.generation;
    return isIt ? requestHash : undefined;
  } catch (error) {
    // No sequence of this history, or none that can be read: the days are looked through.
    if (error instanceof JournalCorruption || error instanceof PositionTooOld || error instanceof RangeError) return;
    throw error;
  }
}

function put({ state }: RequestRepair, key: Buffer, value: Buffer): Promise<void> {
  const copy = Buffer.from(value);
  return state.mend(async ({ store }) => {
    const batch = store.array();
    batch.put(key, copy);
    await batch.write();
  });
}
