import { VIOLATIONS_MAX } from './limits';
import type { FieldViolation } from './refusal';
import { Refusal } from './refusal';

/** Says that a field is malformed. `field` is its path in proto names. */
export type Report = (field: string, description: string) => void;

/** Collects malformed fields, so that a caller learns of all of them at once. */
export class Violations {
  /** Stands before each path: `requests[3].`. */
  prefix = '';
  private readonly fields: FieldViolation[] = [];
  private count = 0;

  readonly report: Report = (field, description) => {
    this.count++;
    if (this.fields.length < VIOLATIONS_MAX) this.fields.push({ field: this.prefix + field, description });
  };

  /** Throws INVALID_ARGUMENT `FIELD_INVALID` with all of them; the first 20 are listed. */
  throwIfAny(): void {
    if (this.count === 0) return;
    const first = this.fields.slice(0, 3).map(({ field, description }) => `${field}: ${description}`);
    const rest = this.count > first.length ? `; and ${this.count - first.length} more` : '';
    throw new Refusal('FIELD_INVALID', first.join('; ') + rest, { fields: this.fields });
  }
}
