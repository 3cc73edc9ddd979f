import { parseOptions, usage } from './options';
import { figure, reached, table } from './results';
import type { Row } from './results';
import { median, percentile } from './statistics';

const row = (score: number, bound: 'least' | 'most', value: number): Row => ({
  what: 'memory loaded, largest / smallest',
  measured: figure(1_234_567, '/s'),
  against: figure(12_345, 'µs each'),
  score,
  reach: { bound, value },
  raw: [],
});

describe('the table of a benchmark', () => {
  it('fits eighty columns', () => {
    const lines = [...table([row(1234.5, 'most', 250), row(0.5, 'least', 0.75)]).split('\n'), ...usage.split('\n')];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('marks what falls short, and nothing else', () => {
    expect(reached(row(0.74, 'least', 0.75))).toBe(false);
    expect(reached(row(0.75, 'least', 0.75))).toBe(true);
    expect(reached(row(1.01, 'most', 1))).toBe(false);
    expect(table([row(2, 'most', 1)])).toContain('!');
    expect(table([row(1, 'most', 1)])).not.toContain('!');
    // A ratio that could not be computed must not pass.
    expect(reached(row(NaN, 'least', 0.75))).toBe(false);
    expect(reached(row(NaN, 'most', 1))).toBe(false);
  });

  it('rests on the middle value', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  });
});

describe('the options of a benchmark', () => {
  it('refuse what is no number', () => {
    expect(() => parseOptions(['--rounds', 'many'])).toThrow('--rounds takes a whole number');
    expect(() => parseOptions(['--tasks', '-1'])).toThrow();
    expect(parseOptions(['--only', 'create,get']).only).toEqual(['create', 'get']);
  });
});
