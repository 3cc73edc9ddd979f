// Where a bulk change stands, as its operation keeps it in `cursor`: `{sequence}/{result}/{place}`.

/** Where a bulk change goes on. */
export interface OperationCursor {
  /** What the operation did up to this sequence is in `result`; what it did after it is in the journal alone. */
  readonly sequence: number;
  /** An encoded BulkChangeTasksResult. */
  readonly result: Uint8Array;
  /** Where the listing of the tasks goes on; undefined for its start. */
  readonly place: string | undefined;
}

/** The text of a cursor. */
export function formatCursor({ sequence, result, place }: OperationCursor): string {
  return `${sequence}/${Buffer.from(result).toString('base64url')}/${place ?? ''}`;
}

/** What a cursor's text says. Throws RangeError on any other text: the server alone writes cursors. */
export function parseCursor(text: string): OperationCursor {
  const match = /^([0-9]+)\/([A-Za-z0-9_-]*)\/(.*)$/s.exec(text);
  if (!match) throw new RangeError('not the cursor of an operation');
  const [, sequence, result, place] = match as unknown as [string, string, string, string];
  return {
    sequence: Number(sequence),
    result: Buffer.from(result, 'base64url'),
    place: place === '' ? undefined : place,
  };
}
