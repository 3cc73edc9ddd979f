// `npm run bench`: runs the measures one after another, prints the table and writes the JSON. Fails when a measure could not
// be made; a figure that falls short is marked with "!" and does not fail the run, because machines differ.

import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { measureBackup } from './backup';
import { measureClaim } from './claim';
import { measureList } from './list';
import { parseOptions, usage } from './options';
import type { BenchOptions } from './options';
import { machineOf, table, writeResults } from './results';
import type { Row } from './results';
import { Stage } from './stage';
import { measureRecovery } from './recovery';
import { measureStore } from './store';
import { measureResume } from './resume';
import { measureBatch, measureCreate, measureGet, measureOne, measureRequestIds } from './traffic';
import { measureWatch } from './watch';

interface Measure {
  readonly name: string;
  readonly what: string;
  readonly run: (stage: Stage) => Promise<Row[]>;
}

const measures: readonly Measure[] = [
  { name: 'create', what: 'unary creates with 128 in flight beside the echo', run: measureCreate },
  { name: 'get', what: 'reads of a cached task beside the echo', run: measureGet },
  { name: 'batch', what: 'batches of 100 beside unary creates', run: measureBatch },
  { name: 'ids', what: 'creates with a request id each beside the echo', run: measureRequestIds },
  { name: 'one', what: 'one create at a time beside the echo and one flush', run: measureOne },
  { name: 'list', what: 'pages and reads at two sizes of a store', run: measureList },
  {
    name: 'claim',
    what: 'claims at three sizes of a queue, 64 agents at work, and claims that wait',
    run: measureClaim,
  },
  { name: 'resume', what: 'a session of a thousand tasks taken over, and its briefing', run: measureResume },
  { name: 'backup', what: 'backups, and creates beside them', run: measureBackup },
  { name: 'watch', what: 'events to watchers: rate and delay', run: measureWatch },
  { name: 'recovery', what: 'a lost state brought back by HOT, WARM and COLD at three sizes', run: measureRecovery },
  { name: 'store', what: 'starts, memory, disk and cold replay at three sizes', run: measureStore },
];

async function main(options: BenchOptions): Promise<void> {
  const chosen = measures.filter(({ name }) => options.only === undefined || options.only.includes(name));
  const unknown = options.only?.filter((name) => !measures.some((measure) => measure.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`no such measure: ${unknown.join(', ')} (see --list)`);
  const date = new Date();
  const machine = machineOf(options.dir ?? tmpdir());
  if (machine.fileSystem === 'tmpfs') console.error('bench: these stores lie in memory: choose a disk with --dir');
  const stage = new Stage(options, (text) => console.error(`bench: ${text}`));
  const rows: Row[] = [];
  const seconds: Record<string, number> = {};
  const failures: string[] = [];
  for (const { name, what, run } of chosen) {
    stage.say(what);
    const began = performance.now();
    try {
      rows.push(...(await run(stage)));
    } catch (error) {
      // The others may still be measured; the run fails in the end.
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    seconds[name] = (performance.now() - began) / 1000;
  }
  await stage.close().catch((error: unknown) => failures.push(String(error)));
  const out = options.out ?? join(__dirname, 'results', `${date.toISOString().replaceAll(':', '-')}.json`);
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  writeResults(out, { date: date.toISOString(), command, machine, load: stage.tool, options, seconds, rows, failures });
  console.log(`${machine.processor}, ${machine.cores} cores, Node ${machine.node}, Linux ${machine.kernel}`);
  console.log(`${machine.fileSystem}, load by ${stage.tool}, ${options.rounds} rounds, commit ${machine.commit}\n`);
  console.log(table(rows));
  if (failures.length > 0) throw new Error(`not measured:\n${failures.join('\n')}`);
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else if (options.list) for (const { name, what } of measures) console.log(`${name.padEnd(10)}${what}`);
  else {
    void main(options).catch((error: unknown) => {
      console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    });
  }
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}
