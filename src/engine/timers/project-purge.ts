/**
 * Takes away a deleted project whose time has come, with all that it holds.
 *
 * Y1. Its tasks go first, each by a command of its own, as their neighbours and subscribers expect. Then rows of every other kind, in
 *     slices, and the project's own row last: a stop in between leaves a project that is still due.
 * Y2. Each command looks at the project once more: one that was brought back in between keeps what it still has.
 * Y3. One project at a time: what it asks for at once stays within the room that is kept for the server's own commands.
 */
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import type { Action, Command } from '../../domain/command';
import { formatProject, formatTask } from '../../domain/names';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { ScannedRow, ScanRange, StateSnapshot } from '../../storage/state/state';

/** Tasks that go at once. */
const TASKS_AT_ONCE = 64;
/** Rows that go in one command: a few milliseconds of the committer. */
const ROWS_AT_ONCE = 500;
/** The kinds that no project holds, or whose rows go by commands of their own. */
const APART: ReadonlySet<EntityKind> = new Set([
  ...[EntityKind.UNSPECIFIED, EntityKind.UNRECOGNIZED, EntityKind.PROJECT, EntityKind.TASK],
  ...[EntityKind.OPERATION, EntityKind.BLOB],
]);
const HELD = Object.values(EntityKind).filter((kind) => !APART.has(kind));

export interface ProjectPurgeParts {
  readonly withSnapshot: <Result>(read: (snapshot: StateSnapshot) => Promise<Result>) => Promise<Result>;
  readonly execute: (command: Command) => Promise<unknown>;
}

export class ProjectPurge {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ProjectPurgeParts) {}

  /** Resolves when the project is gone for good; rejects with the first refusal that it cannot get past. */
  purge(project: string): Promise<void> {
    const run = this.last.then(() => this.run(project));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async run(project: string): Promise<void> {
    for (;;) {
      const tasks = await this.first({ by: 'tasks', project }, TASKS_AT_ONCE);
      if (tasks.length === 0) break;
      await this.purgeTasks(tasks);
    }
    for (const kind of HELD) {
      for (;;) {
        const rows = await this.first({ by: 'rows', kind, project }, ROWS_AT_ONCE);
        if (rows.length === 0) break;
        const ids = rows.map(({ id }) => id);
        await this.ask({ kind: 'purgeProjectRows', request: { project, kind, ids } });
      }
    }
    await this.ask({ kind: 'purgeProject', request: { name: formatProject(project) } });
  }

  /** A task may have gone by itself meanwhile; if none of them can go, nor can the project. */
  private async purgeTasks(tasks: readonly ScannedRow[]): Promise<void> {
    const asked = tasks.map(({ project, id }) =>
      this.ask({ kind: 'purgeTask', request: { name: formatTask(project, id) } }),
    );
    const settled = await Promise.allSettled(asked);
    if (settled.every(({ status }) => status === 'rejected')) await asked[0];
  }

  private first(range: ScanRange, max: number): Promise<ScannedRow[]> {
    return this.parts.withSnapshot(async (snapshot) => {
      const rows: ScannedRow[] = [];
      for await (const row of snapshot.scan(range)) {
        rows.push(row);
        if (rows.length === max) break;
      }
      return rows;
    });
  }

  private ask(action: Action): Promise<unknown> {
    const caller = { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' };
    return this.parts.execute({ ...action, caller, validateOnly: false });
  }
}
