import type { Position } from '../gen/holdfast/v1/common';
import type { Connection } from './connection';
import { headPosition } from './event-stream';
import { usage } from './failure';
import { parseCount } from './whole-number';

/** Reads a position that was typed: a sequence of the present history, or HISTORY:SEQUENCE. */
export async function parsePosition(connection: Connection, flag: string, text: string): Promise<Position> {
  const [, history, sequence] = /^(?:([0-9a-f]{16}):)?(\d+)$/.exec(text) ?? [];
  if (sequence === undefined) throw usage(`${flag} must be a sequence, or HISTORY:SEQUENCE`);
  return {
    history: history ?? (await headPosition(connection)).history,
    sequence: parseCount(flag, sequence),
  };
}

/** "0123456789abcdef:42" */
export function positionText({ history, sequence }: Position): string {
  return `${history}:${sequence}`;
}
