// Text that fits: widths, tables, times.

import { tableLines } from '../../src/cli/table';
import { fitTo, oneLine, pad, plainText, textWidth } from '../../src/cli/text-width';
import { parseTime, relativeTime } from '../../src/cli/times';

test('width counts terminal columns: wide characters and emoji two, combining marks none', () => {
  expect(['abc', '漢字', 'é', 'e\u0301', '👩‍👩‍👧', '✅', 'ｱ', '한'].map(textWidth)).toEqual([3, 4, 1, 1, 2, 2, 1, 2]);
});

test('a text that is too wide is cut within its columns, never within a character', () => {
  expect(fitTo('漢字漢字', 5)).toBe('漢字…');
  expect(fitTo('漢字漢字', 4)).toBe('漢…');
  expect(fitTo('short', 5)).toBe('short');
  expect(fitTo('a b', 2)).toBe('a…');
  for (let columns = 0; columns < 12; columns++)
    expect(textWidth(fitTo('a漢👩‍👩‍👧e\u0301bc', columns))).toBeLessThanOrEqual(columns);
});

test('text of others cannot steer the terminal', () => {
  expect(oneLine('a\x1b[2J\nb\u202ec\u009b')).toBe('a [2J b c');
  expect(plainText('a\r\n\tb\x07\u2028')).toBe('a\n  b');
});

test('a table gives its flexible column what the others leave', () => {
  const layout = [{ title: 'ID' }, { title: 'TITLE', flexible: true }, { title: 'N' }];
  const lines = tableLines(
    layout,
    [
      ['t1', 'x'.repeat(50), '1'],
      ['t2', '漢字', '22'],
    ],
    30,
  );
  expect(lines).toEqual([
    'ID  TITLE                   N',
    `t1  ${'x'.repeat(21)}…  1`,
    't2  漢字                    22',
  ]);
  expect(pad('漢', 4)).toBe('漢  ');
});

test('relative times are whole units, and times are read with a zone or as distances', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  const words = [500, 1000, 59_000, 60_000, 7_200_000, -86_400_000 * 3].map((away) => relativeTime(now - away, now));
  expect(words).toEqual(['now', '1 s ago', '59 s ago', '1 min ago', '2 h ago', 'in 3 d']);
  expect(parseTime('--due', '+2h', now).seconds).toBe(now / 1000 + 7200);
  expect(parseTime('--due', '2030-01-01T01:00:00.250+01:00', now)).toEqual({ seconds: now / 1000, nanos: 250_000_000 });
  for (const wrong of ['tomorrow', '2030-01-01T00:00:00', '2030-13-01', '+2x']) {
    expect(() => parseTime('--due', wrong, now)).toThrow('must be');
  }
});
