import type { Answer, Connection, Method } from './connection';

interface PageRequest {
  pageSize: number;
  pageToken: string;
}

/** What the server gives a page at most. */
const pageSizeMax = 1000;

/**
 * Reads pages of a listing until `limit` entities were read or there are no more; 0 means all. Each page is asked for when
 * the one before has been used.
 */
export async function* pages<Q extends PageRequest, S extends { nextPageToken: string }>(
  connection: Connection,
  method: Method<Q, S>,
  request: Q,
  limit: number,
  entities: (page: S) => readonly unknown[],
  pageSize = pageSizeMax,
): AsyncGenerator<Answer<S>> {
  let left = limit === 0 ? Infinity : limit;
  let pageToken = request.pageToken;
  do {
    const answer = await connection.call(method, { ...request, pageSize: Math.min(left, pageSize), pageToken });
    yield answer;
    left -= entities(answer.message).length;
    pageToken = answer.message.nextPageToken;
  } while (pageToken !== '' && left > 0);
}
