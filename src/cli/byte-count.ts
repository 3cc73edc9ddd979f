import { usage } from './failure';

const unitBytes: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

/** Reads a number of bytes such as 16k, 16KiB, 1m, 4096. */
export function parseBytes(flag: string, text: string): number {
  const [, digits, unit = ''] = /^(\d{1,9})(?:([km])(?:i?b)?)?$/i.exec(text) ?? [];
  if (digits === undefined) throw usage(`${flag} must be a number of bytes such as 16k, 4096 or 1m`);
  return Number(digits) * unitBytes[unit.toLowerCase()]!;
}

/** How many bytes, for people: "512 bytes", "1.5 KiB", "3 MiB", "80.2 GiB". */
export function byteWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const names = ['KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(names.length, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** step).toFixed(1))} ${names[step - 1]!}`;
}
