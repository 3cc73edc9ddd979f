// Figures as a person reads them.

const KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** "512 bytes", "1.5 KiB", "64 MiB". */
export function bytesText(bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`;
  let size = bytes / KIB;
  let unit = 0;
  while (size >= KIB && unit < UNITS.length - 1) {
    size /= KIB;
    unit++;
  }
  return `${Number(size.toFixed(1))} ${UNITS[unit]!}`;
}

/** "3.5 %". */
export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

const SPANS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** "45 s", "5 min", "2 h", "3 d": rounded down. */
export function spanText(ms: number): string {
  const [unit, unitMs] = SPANS.find(([, size]) => ms >= size) ?? (['s', 1000] as const);
  return `${Math.floor(ms / unitMs)} ${unit}`;
}
