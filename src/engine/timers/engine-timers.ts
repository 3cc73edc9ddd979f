import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { CHECKPOINTS_OF_CALL_MAX } from '../../domain/checkpoints/checkpoint-limits';
import { lineIn } from '../../domain/checkpoints/checkpoint-line';
import type { Command } from '../../domain/command';
import type { StateSnapshot } from '../../storage/state/state';
import type { JournalClock } from '../clock';
import type { Marks } from '../marks';
import type { BlobStore } from '../blobs/blob-store';
import type { Reader } from '../reader';
import { oldestOf, remainsOf } from '../saved-listing';
import { dueCommand } from './due-command';
import { ProjectPurge } from './project-purge';
import { Timers } from './timers';

/** Kinds whose rules need to be told what a range has. */
const LISTED: ReadonlySet<EntityKind> = new Set([EntityKind.CHECKPOINT_LINE, EntityKind.SESSION_WORK]);

export interface EngineTimersParts {
  readonly clock: JournalClock;
  readonly marks: Marks;
  readonly reader: Reader;
  readonly blobs: BlobStore;
  readonly execute: (command: Command) => Promise<unknown>;
  readonly onProblem: (what: string, error: Error) => void;
}

/** The timers of an engine: what is due becomes a command of the server's own, or, of a project, many. */
export function engineTimers({ clock, marks, reader, blobs, execute, onProblem }: EngineTimersParts): Timers {
  const withSnapshot = reader.withSnapshot.bind(reader);
  const projects = new ProjectPurge({ withSnapshot, execute });
  return new Timers({
    nowMs: () => clock.nowMs(),
    withSnapshot: async (read) => {
      await marks.whenApplied(marks.decided);
      return reader.withSnapshot(read);
    },
    act: async ({ kind, project, id }) => {
      if (kind === EntityKind.PROJECT) return projects.purge(project);
      const command = dueCommand(kind, { project, id });
      if (!command) return;
      const listed = LISTED.has(kind) ? await reader.withSnapshot((snapshot) => listedFor(command, snapshot)) : command;
      await execute(listed);
      // The record that forgot it is durable.
      if (command.kind === 'purgeBlob') blobs.collect(id);
    },
    onProblem,
  });
}

/** The command with what its rules cannot find by points. */
async function listedFor(command: Command, snapshot: StateSnapshot): Promise<Command> {
  if (command.kind === 'expireCheckpoints') {
    const { project, id } = command.request;
    return { ...command, listed: await oldestOf(snapshot, lineIn(project, id), CHECKPOINTS_OF_CALL_MAX + 1) };
  }
  if (command.kind === 'expireSession') {
    const { project, id } = command.request;
    return { ...command, remains: await remainsOf(snapshot, project, id) };
  }
  return command;
}
