// The fields that every mutation has.

import type { EtagOptions, MutationOptions } from './call-options';

interface Mutation {
  requestId: string;
  validateOnly: boolean;
}

/** The fields that every mutation has. The connection gives a request id to one that has none. */
export function mutation({ requestId = '', validateOnly = false }: MutationOptions): Mutation {
  return { requestId, validateOnly };
}

/** The fields that every mutation of one entity has. */
export function etagged(options: EtagOptions): Mutation & { etag: string } {
  return { ...mutation(options), etag: options.etag ?? '' };
}
