import { hash } from 'node:crypto';

/** Bytes of a request id, and those of them that say which operation sent it. */
const ID_BYTES = 16;
const OPERATION_BYTES = 6;

/**
 * The request ids of one operation's commands: one for each task, the same whenever it is worked out.
 *
 * Q1. A command that is sent again, after a crash or because its task was read twice, has the id of the first: it is applied
 *     once, and its answer says so.
 * Q2. The first 6 bytes are the operation's: its records can be told from others in the journal. 80 bits are left for the
 *     task: among a million tasks, two share an id once in 10^12 operations.
 */
export class BulkRequestIds {
  private readonly prefix: Buffer;

  /** `operation` is its name. */
  constructor(private readonly operation: string) {
    this.prefix = hash('sha256', operation, 'buffer').subarray(0, OPERATION_BYTES);
  }

  /** The id and the request hash of the command for the task with this uid. */
  of(uid: string): { readonly requestId: Buffer; readonly requestHash: Buffer } {
    const bytes = hash('sha256', `${this.operation}/${uid}`, 'buffer');
    const requestId = Buffer.concat([this.prefix, bytes.subarray(0, ID_BYTES - OPERATION_BYTES)]);
    return { requestId, requestHash: bytes.subarray(ID_BYTES, 2 * ID_BYTES) };
  }

  /** Whether an id is one of these. */
  has(requestId: Uint8Array): boolean {
    return requestId.length === ID_BYTES && this.prefix.equals(requestId.subarray(0, OPERATION_BYTES));
  }
}
