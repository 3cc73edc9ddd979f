// Names of checkpoints: `projects/{project}/sessions/{session}/checkpoints/{checkpoint}`.

import { formatSession, parseSession } from '../sessions/agent-names';
import type { NamedIn } from '../sessions/agent-names';
import { CHECKPOINT_ID_LENGTH_MAX } from './checkpoint-limits';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';

const CHECKPOINTS = '/checkpoints/';
const CHECKPOINT_ID = /^[A-Za-z0-9]([A-Za-z0-9._:-]{0,126}[A-Za-z0-9])?$/;
const RULE = `an id has 1 to ${CHECKPOINT_ID_LENGTH_MAX} of A-Z, a-z, 0-9, ".", "_", ":" and "-", begins and ends with a letter or a digit`;

/** What a checkpoint's name says. */
export interface CheckpointName {
  readonly project: string;
  readonly session: string;
  readonly checkpoint: string;
}

/** What is wrong with a checkpoint's id, or undefined. */
export function checkpointIdProblem(text: string): string | undefined {
  return CHECKPOINT_ID.test(text) ? undefined : `${quote(text)} is not an id: ${RULE}`;
}

export function formatCheckpoint(project: string, session: string, checkpoint: string): string {
  return formatSession(project, session) + CHECKPOINTS + checkpoint;
}

/** The id of a checkpoint's row. */
export function checkpointRowId(session: string, checkpoint: string): string {
  return `${session}/${checkpoint}`;
}

/** What a checkpoint's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseCheckpoint(name: string, field: string): CheckpointName {
  const at = name.indexOf(CHECKPOINTS);
  const checkpoint = at < 0 ? '' : name.slice(at + CHECKPOINTS.length);
  if (at >= 0 && CHECKPOINT_ID.test(checkpoint)) {
    const { project, id } = parseSession(name.slice(0, at), field);
    return { project, session: id, checkpoint };
  }
  const form = 'projects/{project}/sessions/{session}/checkpoints/{checkpoint}';
  throw fieldInvalid(field, `${quote(name)} is not the name of a checkpoint: ${form}; ${RULE}`);
}

/** What a name says that is a checkpoint's or a session's. Refuses with FIELD_INVALID. */
export function parseCheckpointOrSession(name: string, field: string): CheckpointName | NamedIn {
  return name.includes(CHECKPOINTS) ? parseCheckpoint(name, field) : parseSession(name, field);
}
