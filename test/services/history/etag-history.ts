// A task's title and etag: a register with compare-and-swap.

import { GetTaskRequest, UpdateTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { call } from '../../support/boot';
import type { Model } from '../../support/linearisable';
import { reasonOf } from '../../support/refusals';
import type { Crowd, Member } from './crowd';

export type EtagOp =
  | { readonly kind: 'read'; readonly etag: string; readonly title: string }
  /** `given` empty: whatever it was. */
  | { readonly kind: 'updated'; readonly given: string; readonly etag: string; readonly title: string }
  | { readonly kind: 'mismatch'; readonly given: string; readonly etag: string };

interface Version {
  readonly etag: string;
  readonly title: string;
}

export function etagModel(initial: Version): Model<EtagOp, Version> {
  return {
    initial,
    step: (state, op) => {
      if (op.kind === 'read') return op.etag === state.etag && op.title === state.title ? state : undefined;
      if (op.kind === 'mismatch') return op.etag === state.etag && op.given !== state.etag ? state : undefined;
      const fits = op.given === '' || op.given === state.etag;
      return fits && Number(op.etag) > Number(state.etag) ? { etag: op.etag, title: op.title } : undefined;
    },
    key: ({ etag }) => etag,
  };
}

/** Reads, and updates by the etag that a member read last, or by none. */
export function etagCalls({ server }: Crowd, name: string): (member: Member) => Promise<EtagOp | undefined> {
  const known = new Map<number, string>();
  let titles = 0;
  return async ({ client, random }) => {
    if (random.chance(0.4)) {
      const { task } = await call(server.tasks, 'getTask', GetTaskRequest.fromPartial({ name }));
      known.set(client, task!.etag);
      return { kind: 'read', etag: task!.etag, title: task!.title };
    }
    const given = random.chance(0.1) ? '' : (known.get(client) ?? '');
    const title = `title ${++titles}`;
    const request = UpdateTaskRequest.fromPartial({ task: { name, title }, etag: given, updateMask: ['title'] });
    try {
      const { task } = await call(server.tasks, 'updateTask', request);
      known.set(client, task!.etag);
      return { kind: 'updated', given, etag: task!.etag, title };
    } catch (fault) {
      const refusal = reasonOf(fault);
      if (refusal?.reason !== 'ETAG_MISMATCH') throw fault;
      const etag = refusal.metadata['etag']!;
      known.set(client, etag);
      return { kind: 'mismatch', given, etag };
    }
  };
}
