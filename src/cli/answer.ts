// What every command does with an answer: as JSON, in a short form, or in words.

import type { MethodDefinition } from '@grpc/grpc-js';
import type { Run } from './command-run';
import type { Answer } from './connection';
import { pages } from './pages';
import { jsonOf } from './proto-json';
import { fitTo } from './text-width';

/** An agent pays for each column; a line of this width names a thing well enough to choose it. */
const briefColumns = 100;

/** The full name of a method's response: each method has one that is named after it. */
export function responseType({ path }: { readonly path: string }): string {
  const [, service = '', method = ''] = path.split('/');
  return `${service.slice(0, service.lastIndexOf('.'))}.${method}Response`;
}

/** Prints an answer as one line of ProtoJSON. */
export async function printAnswer(
  { output }: Run,
  method: { readonly path: string },
  { bytes }: Answer<unknown>,
): Promise<void> {
  await output.line(JSON.stringify(jsonOf(responseType(method), bytes)));
}

/** Prints an answer: as JSON where that is wanted, else the lines that `words` makes of it. */
export async function tell<S>(
  run: Run,
  method: { readonly path: string },
  answer: Answer<S>,
  words: (message: S) => readonly string[],
): Promise<void> {
  const { settings, output } = run;
  if (settings.form === 'json') return printAnswer(run, method, answer);
  const lines = words(answer.message);
  const would = settings.validateOnly ? 'Would be accepted: ' : '';
  const columns = settings.form === 'brief' ? briefColumns : output.columns;
  await output.lines(lines.map((line, index) => fitTo(index === 0 ? `${would}${line}` : line, columns)));
}

/** How a list is shown. */
export interface Shown<E> {
  /** One entity in one line. */
  readonly brief: (entity: E) => string;
  /** All of them, for a person. */
  readonly table: (entities: readonly E[]) => string[];
  /** What to say where there are none. */
  readonly nothing: string;
}

interface PageRequest {
  pageSize: number;
  pageToken: string;
}

/**
 * Reads a list, page after page, up to `limit` (0: all of it), and prints it. `entities` finds them in a page, `whole` makes a
 * page of all of them. Resolves to how many there were.
 */
export async function showList<Q extends PageRequest, S extends { nextPageToken: string }, E>(
  run: Run,
  method: MethodDefinition<Q, S>,
  request: Q,
  limit: number,
  entities: (page: S) => readonly E[],
  whole: (last: S, all: E[]) => S,
  shown: Shown<E>,
): Promise<number> {
  const { settings, output, connection } = run;
  const all: E[] = [];
  let last: S | undefined;
  for await (const { message } of pages(connection, method, request, limit, entities)) {
    all.push(...entities(message));
    last = message;
  }
  if (!last) return 0;
  if (settings.form === 'json') {
    const bytes = method.responseSerialize(whole(last, all));
    await output.line(JSON.stringify(jsonOf(responseType(method), bytes)));
    return all.length;
  }
  if (settings.form === 'brief') await output.lines(all.map((entity) => fitTo(shown.brief(entity), briefColumns)));
  else if (all.length > 0) {
    const [head, ...rest] = shown.table(all);
    await output.lines([output.dim(head!), ...rest]);
  } else output.remark(shown.nothing);
  if (last.nextPageToken) output.remark(`There are more: --limit 0 for all, or --page-token ${last.nextPageToken}`);
  return all.length;
}
