import { reportLines } from '../../../src/cli/recovery/report-view';
import { RecoveryReport, RecoverySource, RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';

const report = RecoveryReport.fromPartial({
  ...{
    reason: 'journal corruption in 0000000000000001.seg at byte 2938370: the body fails its checksum',
    succeeded: true,
  },
  ...{ tasks: 4001, reached: { history: '02cc9a034174267e', sequence: 1649 } },
  attempts: [
    { strategy: RecoveryStrategy.AUTO, succeeded: true, detail: 'the state has what the lost records did', tookMs: 26 },
  ],
  parts: [{ source: RecoverySource.STATE }],
  lost: [
    {
      first: 37,
      last: 37,
      problem: '0000000000000001.seg at byte 2938370: the body fails its checksum',
      stateKept: true,
    },
  ],
  keptAside: ['archive/damaged-20261123T034958880-journal/journal'],
  checks: ['run holdfast verify --level comprehensive: what refers to a lost change may have to be put right by hand'],
});

test('a report fits the terminal, and is parted, never cut: its ends say what to do', () => {
  const lines = reportLines(report, 80);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const said = lines.map((line) => line.trim()).join(' ');
  expect(said).toContain('The store stands at sequence 1649; 4001 tasks. Why: journal corruption');
  expect(said).toContain('may have to be put right by hand');
  expect(said).not.toContain('…');
  expect(lines.filter((line) => line.startsWith('  lost'))).toEqual([
    '  lost 37: 0000000000000001.seg at byte 2938370: the body fails its checksum;',
  ]);
});

test('what was only looked at is not told as a recovery that failed', () => {
  const looked = { ...report, succeeded: false, reached: undefined, tasks: 0 };
  expect(reportLines(looked, 80, true)[0]).toBe('Nothing is changed yet. This is how it stands:');
  expect(reportLines(looked, 80)[0]).toMatch(/^The store was not brought back\. Why: journal corruption/);
});
