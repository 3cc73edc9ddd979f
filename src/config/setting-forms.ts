// The forms that settings are written in.

import { z } from 'zod';

export const FORM = {
  text: z.string().min(1, 'must not be empty'),
  flag: z.preprocess(
    (value) => ({ true: true, '1': true, yes: true, false: false, '0': false, no: false })[String(value).toLowerCase()],
    z.boolean({ error: 'must be true or false' }),
  ),
  whole: (min: number, max: number) => {
    const error = `must be a whole number from ${min} to ${max}`;
    return z.preprocess(
      (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
      z.number({ error }).int(error).min(min, error).max(max, error),
    );
  },
  duration: (minMs: number, maxMs: number) => {
    const error = `must be a duration from ${minMs}ms to ${maxMs / 1000}s, such as 500ms, 30s or 30000`;
    return z.preprocess(milliseconds, z.number({ error }).min(minMs, error).max(maxMs, error));
  },
};

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(value: unknown): unknown {
  const match = /^(\d+)(ms|s|m|h|d)?$/.exec(String(value));
  if (!match) return value;
  return Number(match[1]) * UNITS[(match[2] ?? 'ms') as keyof typeof UNITS];
}
