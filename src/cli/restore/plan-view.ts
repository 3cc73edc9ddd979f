// What a restore would do, or did, as people read it.

import type { RestorePlan } from '../../gen/holdfast/v1/backup';
import { shortId } from '../resource-name';
import { oneLine } from '../text-width';
import { atOf, lengthOfTime, relativeTime } from '../times';

/** One fact a line. */
export function planLines(plan: RestorePlan, now: number): string[] {
  const { target, targetTime, abandoned, newHistory } = plan;
  const at = targetTime ? `, ${new Date(atOf(targetTime)).toISOString()} (${relativeTime(atOf(targetTime), now)})` : '';
  const facts: (readonly [string, string])[] = [
    ['to', target ? `sequence ${target.sequence} of history ${target.history}${at}` : '-'],
    ['begins with', plan.backup === '' ? 'the journal' : shortId(plan.backup)],
    ...plan.passedOver.map((why) => ['passed over', oneLine(why)] as const),
    ['then', `${plan.replayedRecords} records of the journal`],
    ['abandons', `${plan.abandonedRecords} records${abandoned ? `, up to sequence ${abandoned.sequence}` : ''}`],
  ];
  for (const { kind, removed, restored, reverted, examples } of plan.differences) {
    const parts = [
      ...(removed > 0 ? [`${removed} vanish`] : []),
      ...(restored > 0 ? [`${restored} come back`] : []),
      ...(reverted > 0 ? [`${reverted} go back`] : []),
    ];
    const named = examples.slice(0, 3).map(shortId).join(', ');
    facts.push([kind, `${parts.join(', ')}: ${named}${examples.length > 3 ? ' …' : ''}`]);
  }
  if (plan.missingBlobs.length > 0) facts.push(['lost', `${plan.missingBlobs.length} blobs that no backup has`]);
  if (newHistory !== '') {
    facts.push(['new history', `${newHistory}, from sequence ${plan.newFirstSequence}`]);
    if (plan.archive !== '') facts.push(['left behind', plan.archive]);
  }
  facts.push(['took', lengthOfTime(plan.tookMs)]);
  const width = Math.max(...facts.map(([title]) => title.length));
  return facts.map(([title, text]) => `${title.padEnd(width)}  ${text}`);
}
