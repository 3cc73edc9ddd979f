import type { Status } from '../../gen/google/rpc/status';
import type { Engine } from '../engine';
import type { Notice } from '../notice';
import type { LongWork } from './long-work';

/** What the work on operations rests on. */
export interface OperationsParts {
  readonly engine: Engine;
  /** What an operation says that ends on a fault. */
  readonly describe: (fault: unknown) => Status;
  readonly onNotice: (notice: Notice) => void;
  /** Long work besides bulk changes. */
  readonly works: readonly LongWork[];
}
