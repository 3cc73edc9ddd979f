// ListMemories: the rows of a namespace, held against a filter over their values.

import type { Caller } from '../domain/command';
import { namespaceProblem } from '../domain/messages/memory-name';
import { parseProject } from '../domain/names';
import { parseStructFilter } from '../domain/query/struct-filter';
import { fieldInvalid, notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Memory } from '../gen/holdfast/v1/memory';
import type { ListMemoriesRequest } from '../gen/holdfast/v1/memory_service';
import { readExaminedPage } from './examined-page';
import { decodePageToken, encodePageToken } from './page-token';
import { pageSizeOf, rowOf } from './reading';
import { canonicalText } from './request-hash';
import type { ServiceContext } from './replies';
import { splice } from './splice';

/** ListMemoriesResponse.scan_limited, true. */
const SCAN_LIMITED = Uint8Array.of(4 << 3, 1);

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
      const { parts, next, scanLimited } = await readExaminedPage(
        rows,
        size,
        (image) => !test || test(Memory.decode(image).value),
      );
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
