// ListMemories: the rows of a namespace, held against a filter over their values.

import type { Caller } from '../domain/command';
import { namespaceProblem } from '../domain/memory-name';
import { parseProject } from '../domain/names';
import { parseStructFilter } from '../domain/query/struct-filter';
import type { StructTest } from '../domain/query/struct-filter';
import { fieldInvalid, notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Memory } from '../gen/holdfast/v1/memory';
import type { ListMemoriesRequest } from '../gen/holdfast/v1/memory_service';
import type { ScannedRow } from '../storage/state/state';
import { Breather } from './breather';
import { decodePageToken, encodePageToken } from './page-token';
import { PAGE_BYTES_MAX, pageSizeOf, rowOf } from './reading';
import { canonicalText } from './request-hash';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

/** Memories that one page may examine: some 30 ms of the main thread. */
const EXAMINED_MAX = 10_000;
/** Bytes of memories that one page may examine: some 100 ms of the main thread, in pieces. */
const EXAMINED_BYTES_MAX = 16 * 1024 * 1024;
/** ListMemoriesResponse.scan_limited, true. */
const SCAN_LIMITED = Uint8Array.of(4 << 3, 1);

interface Page {
  readonly parts: Part[];
  /** The cursor of the last memory that was looked at; undefined after the last page. */
  readonly next: string | undefined;
  readonly scanLimited: boolean;
}

/** ListMemories. */
export function listMemories(
  context: ServiceContext,
): (request: ListMemoriesRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, { principal }) => {
    const size = pageSizeOf(request.pageSize);
    engine.reach(request.atLeast);
    const project = parseProject(request.parent, 'parent');
    const namespace = namespaceOf(request);
    const test = request.filter === '' ? undefined : parseStructFilter(request.filter, 'value', 'filter');
    if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', request.parent);
    const query = canonicalText('listMemories', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
    const after = decodePageToken(request.pageToken, query, principal);
    return engine.withSnapshot(async (snapshot) => {
      const rows = snapshot.scan({ by: 'memories', project, namespace }, { after });
      const { parts, next, scanLimited } = await readPage(rows, size, test);
      if (next !== undefined) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
      parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
      return splice(parts, scanLimited ? SCAN_LIMITED : undefined);
    });
  };
}

/** Undefined for all. */
function namespaceOf({ namespacePrefix }: ListMemoriesRequest): string | undefined {
  if (namespacePrefix === '') return undefined;
  const problem = namespaceProblem(namespacePrefix);
  if (problem) throw fieldInvalid('namespace_prefix', problem);
  return namespacePrefix;
}

/** Reads until the page is full and one more match is known, the rows end, or too much was examined. */
async function readPage(rows: AsyncIterable<ScannedRow>, size: number, test: StructTest | undefined): Promise<Page> {
  const parts: Part[] = [];
  const breather = new Breather();
  let last: string | undefined;
  let bytes = 0;
  let examined = 0;
  let examinedBytes = 0;
  for await (const { row, cursor } of rows) {
    const { image } = row;
    if (!test || test(Memory.decode(image).value)) {
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
