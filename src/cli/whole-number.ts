import { usage } from './failure';

/** Reads a whole number from 0 upward. */
export function parseCount(flag: string, text: string): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(count)) throw usage(`${flag} must be a whole number`);
  return count;
}
