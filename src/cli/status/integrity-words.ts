import type { IntegrityStatus } from '../../gen/holdfast/v1/system';
import { IntegrityLevel } from '../../gen/holdfast/v1/system';
import { atOf, relativeTime } from '../times';

const levelWords: Readonly<Record<number, string>> = {
  [IntegrityLevel.MINIMAL]: 'minimal',
  [IntegrityLevel.STANDARD]: 'standard',
  [IntegrityLevel.COMPREHENSIVE]: 'comprehensive',
};

/** What is known of the store's integrity, in one sentence or two. */
export function integrityWords(integrity: IntegrityStatus | undefined, now: number): string {
  if (!integrity) return 'not known';
  const { last, scrubbedRows, scrubRounds, repairs, quarantined } = integrity;
  const parts: string[] = [];
  if (last) {
    const when = last.endTime ? ` ${relativeTime(atOf(last.endTime), now)}` : '';
    const open = last.problemCount - last.repairedCount;
    const found = last.sound ? 'sound' : `${open} PROBLEMS that are not put right`;
    parts.push(`checked${when} (${levelWords[last.level] ?? 'standard'}): ${found}`);
  } else parts.push('not checked since the start');
  if (scrubRounds > 0 || scrubbedRows > 0) parts.push(`scrub round ${scrubRounds + 1} at row ${scrubbedRows}`);
  if (repairs > 0) parts.push(`${repairs} put right`);
  if (quarantined > 0) parts.push(`${quarantined} LOST`);
  return parts.join('; ');
}
