import type { Change } from '../gen/holdfast/journal/v1/journal';

/** What came of a command. By the time a caller has it, everything that it rests on is durable. */
export interface Executed {
  /** The record's sequence; for `validateOnly` the sequence that the decision saw. */
  readonly sequence: number;
  /** The changes whose after-images the reply names, in its order. */
  readonly replies: readonly Change[];
  /** The record was made by an earlier call with the same request id. */
  readonly replayed: boolean;
}
