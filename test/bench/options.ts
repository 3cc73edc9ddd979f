// What a run of the benchmarks measures, as given on the command line.

import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of measures to run; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** How often each pair is measured in turn; the median counts. */
  readonly rounds: number;
  /** Unary calls per round and server. */
  readonly calls: number;
  /** The largest store: sizes are this and its tenth and hundredth part. */
  readonly tasks: number;
  /** Where stores are made; on the disk that is to be measured. */
  readonly dir: string | undefined;
  /** Where the JSON goes; undefined for a name made of the date. */
  readonly out: string | undefined;
  /** Use the Node load generator even where h2load is there. */
  readonly nodeLoad: boolean;
  /** Seed stores by batches of 1000 instead of single creates. */
  readonly batchSeed: boolean;
  readonly list: boolean;
  readonly help: boolean;
}

export const usage = `usage: npm run bench -- [options]

Measures a built Holdfast (dist) beside a bare echo of the same stack, in turn,
and prints ratios. Takes about eight minutes; --only takes a part.

  --only NAMES    measures to run, parted by commas (see --list)
  --rounds N      how often each pair is measured in turn; the median counts (3)
  --calls N       unary calls per round and server (20000)
  --tasks N       size of the largest store; a tenth and a hundredth of it are
                  measured too (1000000)
  --dir DIR       where stores are made: the disk that is measured (the system's
                  folder for temporary files)
  --out FILE      where the JSON goes (test/bench/results/DATE.json)
  --node-load     use the Node load generator even where h2load is installed
  --batch-seed    seed stores by batches of 1000: faster, but the journal has
                  a thousandth of the records then
  --list          name the measures
  --help          this text
`;

/** The options, or an Error whose message names the wrong one. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      calls: { type: 'string', default: '20000' },
      tasks: { type: 'string', default: '1000000' },
      dir: { type: 'string' },
      out: { type: 'string' },
      'node-load': { type: 'boolean', default: false },
      'batch-seed': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    only: values.only?.split(',').filter(Boolean),
    rounds: count('rounds', values.rounds, 1, 1000),
    calls: count('calls', values.calls, 100, 10_000_000),
    tasks: count('tasks', values.tasks, 100, 100_000_000),
    dir: values.dir,
    out: values.out,
    nodeLoad: values['node-load'],
    batchSeed: values['batch-seed'],
    list: values.list,
    help: values.help,
  };
}

function count(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
}
