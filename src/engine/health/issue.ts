import type { HealthIssue } from '../../gen/holdfast/v1/system';

/** An issue as a check finds it; since when is the keeper's to say. */
export type Issue = Omit<HealthIssue, 'since' | '_unknownFields'>;

/** The issue if it is so, else none. */
export function found(isSo: boolean, issue: Issue): Issue[] {
  return isSo ? [issue] : [];
}
