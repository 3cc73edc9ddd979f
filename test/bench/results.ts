// What a run found: rows for people, raw numbers for programs.

import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, release, totalmem } from 'node:os';
import { dirname } from 'node:path';

/** One line of the table. */
export interface Row {
  readonly what: string;
  /** The figure itself, as text with its unit. */
  readonly measured: string;
  /** What it is held against, measured in the same run; empty where it stands alone. */
  readonly against: string;
  /** The number that `reach` bounds: a ratio, or a figure with a fixed bound. Undefined for a row that only shows. */
  readonly score?: number;
  readonly reach?: Reach;
  /** Each single measurement behind the row. */
  readonly raw: unknown;
}

export interface Reach {
  readonly bound: 'least' | 'most';
  readonly value: number;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  readonly kernel: string;
  readonly fileSystem: string;
  readonly commit: string;
}

export function reached(row: Row): boolean | undefined {
  if (row.score === undefined || row.reach === undefined) return undefined;
  return row.reach.bound === 'least' ? row.score >= row.reach.value : row.score <= row.reach.value;
}

/** The machine, and the file system that the stores lie on. */
export function machineOf(dir: string): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: `${process.version} ${arch()}`,
    kernel: release(),
    fileSystem: fileSystemOf(dir),
    commit: commitNow(),
  };
}

/** Names of the kinds that a store lies on; magic numbers of statfs(2). */
const fileSystems = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'overlayfs'],
]);

function fileSystemOf(dir: string): string {
  const { type } = statfsSync(dir);
  return fileSystems.get(type) ?? `0x${type.toString(16)}`;
}

function commitNow(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '../../src') === '' ? '' : ' with changes')
    );
  } catch {
    return 'unknown';
  }
}

const columns = [35, 15, 15, 7] as const;

/** The table, at most 80 columns wide. */
export function table(rows: readonly Row[]): string {
  const lines = [line('', 'measured', 'against', 'score', 'reach'), '-'.repeat(80)];
  for (const row of rows) {
    const score = row.score === undefined ? '' : short(row.score);
    const sign = row.reach?.bound === 'least' ? '≥' : '≤';
    const verdict = reached(row) === false ? ' !' : '';
    const reach = row.reach === undefined ? '' : `${sign}${short(row.reach.value)}${verdict}`;
    lines.push(line(row.what, row.measured, row.against, score, reach));
  }
  return lines.join('\n');
}

function line(what: string, ...cells: readonly string[]): string {
  const widths = columns.slice(1);
  const rest = cells.map((cell, i) => (i === 3 ? ` ${cell}` : cell.padStart(widths[i]!)));
  return `${what.padEnd(columns[0])}${rest.join('')}`.trimEnd();
}

function short(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** Thousands parted by commas, no decimals from a hundred on. */
export function figure(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit.startsWith('/') ? `${text}${unit}` : `${text} ${unit}`;
}

export function writeResults(path: string, results: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, undefined, 1)}\n`);
}
