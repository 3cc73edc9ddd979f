import { TaskState } from '../../gen/holdfast/v1/task';
import { Task } from '../../gen/holdfast/v1/task';
import type { Indexed } from '../../gen/holdfast/journal/v1/journal';
import { indexedOf } from '../indexed';

/** The id of the task with an external id in a project, or undefined. */
export type ResolveExternalId = (project: string, externalId: string) => string | undefined;

/** A task as a filter sees it. Each part is worked out when it is first asked for. */
export class QueryRow {
  private readIndexed: Indexed | undefined;
  private decoded: Task | undefined;
  private lowered: Map<string, string> | undefined;

  /** `held`: whether open blockers or live children hold it back; undefined where nobody looked. */
  constructor(
    readonly project: string,
    readonly id: string,
    private readonly image: Uint8Array,
    private readonly held: boolean | undefined,
    private readonly resolve: ResolveExternalId,
  ) {}

  get indexed(): Indexed {
    return (this.readIndexed ??= indexedOf(this.image));
  }

  get task(): Task {
    return (this.decoded ??= Task.decode(this.image));
  }

  /** One of its texts in small letters: many words may be looked for in the same one. */
  lower(text: string): string {
    this.lowered ??= new Map();
    let lower = this.lowered.get(text);
    if (lower === undefined) this.lowered.set(text, (lower = text.toLowerCase()));
    return lower;
  }

  taskIdByExternalId(externalId: string): string | undefined {
    return this.resolve(this.project, externalId);
  }

  /** Whether it can be worked on at `nowMs`. Throws for a row of which nobody knows whether it is held back. */
  isReady(nowMs: number): boolean {
    const { state, deleted, notBeforeMs } = this.indexed;
    if (state !== TaskState.PENDING || deleted || notBeforeMs > nowMs) return false;
    if (this.held === undefined) throw new TypeError(`${this.project}/${this.id} was read without its graph row`);
    return !this.held;
  }
}
