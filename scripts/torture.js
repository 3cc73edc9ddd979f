// The long form of the tests against faults: node scripts/torture.js [--minutes 60] [--only NAME,NAME] [--out DIR].
// Each rig gets the same share of the time, in rounds, each with a seed of its own. What was run, what failed, and how to repeat it goes to
// DIR/torture.md and DIR/torture.json. Exit code 1 if anything failed. docs/testing.md says what each rig does.
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
/** `env`: how much one round does: some minutes. `counts`: what a round counts. */
const RIGS = [
  { name: 'kill', file: 'test/crash/kill.test.ts', env: { HOLDFAST_KILLS: '200' }, counts: '200 kills' },
  {
    name: 'power-cut',
    file: 'test/crash/power-cut.test.ts',
    env: { HOLDFAST_POWER_CUTS: '100' },
    counts: '100 power cuts',
  },
  {
    name: 'blocks',
    file: 'test/crash/block-states.test.ts',
    env: { HOLDFAST_BLOCK_STATES: '1000' },
    counts: '1,000 disks after a crash',
  },
  { name: 'block-faults', file: 'test/crash/block-faults.test.ts', env: {}, counts: 'one failed block' },
  { name: 'syscalls', file: 'test/crash/syscall-faults.test.ts', env: {}, counts: '31 failed file calls' },
  {
    name: 'port',
    file: 'test/sim/port-sweep.test.ts',
    env: { HOLDFAST_SWEEP: 'all' },
    counts: 'every call of a life, every way',
  },
  {
    name: 'bytes',
    file: 'test/sim/byte-mutations.test.ts',
    env: { HOLDFAST_MUTATIONS: '5000' },
    counts: '5,000 changed bytes',
  },
  {
    name: 'simulation',
    file: 'test/sim/engine-sim.test.ts',
    env: { HOLDFAST_SEEDS: '10000' },
    counts: '10,000 simulations',
  },
  {
    name: 'agents',
    file: 'test/sim/agents/agent-sim.test.ts',
    env: { HOLDFAST_SEEDS: '1000' },
    counts: '1,000 simulations of agents',
  },
  { name: 'protocol', file: 'test/crash/protocol.test.ts', env: {}, counts: '10,000 malformed requests' },
  {
    name: 'stale-tokens',
    file: 'test/crash/stale-tokens.test.ts',
    env: { HOLDFAST_STALE_TOKENS: '2000' },
    counts: '2,000 stale tokens',
  },
  { name: 'fleet', file: 'test/crash/agents.test.ts', env: {}, counts: '10 agents, 1,000 tasks' },
  { name: 'shim', file: 'test/crash/fault-shim.test.ts', env: {}, counts: 'the shim itself' },
  { name: 'full-disk', file: 'test/crash/full-disk.test.ts', env: {}, counts: 'one full disk' },
  { name: 'no-byte', file: 'test/crash/no-byte-free.test.ts', env: {}, counts: 'three disks without a byte' },
  { name: 'clock', file: 'test/crash/clock-jumps.test.ts', env: {}, counts: '5 jumps' },
];

function readArguments(given) {
  const options = { minutes: 60, only: [], out: path.join(root, 'torture') };
  for (let index = 0; index < given.length; index += 2) {
    const value = given[index + 1];
    if (value === undefined) throw new Error(`${given[index]} needs a value`);
    if (given[index] === '--minutes' && Number(value) > 0) options.minutes = Number(value);
    else if (given[index] === '--only') options.only = value.split(',');
    else if (given[index] === '--out') options.out = path.resolve(value);
    else throw new Error(`${given[index]} ${value}: known are --minutes N, --only NAME,NAME and --out DIR`);
  }
  const names = RIGS.map(({ name }) => name);
  const unknown = options.only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`there is no rig ${unknown}; there are: ${names.join(', ')}`);
  return options;
}

/** One round of a rig. Resolves with what it printed and whether it passed. */
function round(rig, seed) {
  return new Promise((resolve) => {
    const env = { ...process.env, ...rig.env, HOLDFAST_SEED: String(seed) };
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    const child = spawn(process.execPath, [jest, rig.file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-64 * 1024)));
    }
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}

/** The lines that a test printed about its own work. */
function saidIn(output) {
  const noise = /^(\s|PASS|FAIL|Test|Tests:|Snapshots:|Time:|Ran all|seed |npm |$)|passed, \d+ failed/;
  return output
    .split('\n')
    .filter((line) => !noise.test(line))
    .slice(0, 4);
}

function repeatOf(rig, seed) {
  return (
    [...Object.entries(rig.env), ['HOLDFAST_SEED', seed]].map(([name, value]) => `${name}=${value}`).join(' ') +
    ` npx jest ${rig.file}`
  );
}

function report(options, rounds, startedAt) {
  const failures = rounds.filter(({ passed }) => !passed);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  const lines = [
    '# Torture',
    '',
    `${rounds.length} rounds in ${minutes} minutes of ${options.minutes}, ${failures.length} failed. Node ${process.version}, ${process.platform}.`,
    '',
    '| Rig | Rounds | Each | Failed | Seconds |',
    '|---|---|---|---|---|',
  ];
  for (const rig of RIGS) {
    const own = rounds.filter(({ name }) => name === rig.name);
    if (own.length === 0) continue;
    const seconds = own.reduce((sum, { seconds }) => sum + seconds, 0);
    lines.push(
      `| ${rig.name} | ${own.length} | ${rig.counts} | ${own.filter(({ passed }) => !passed).length} | ${Math.round(seconds)} |`,
    );
  }
  for (const { name, repeat, output } of failures)
    lines.push('', `## ${name} failed`, '', '```', repeat, '', output.slice(-6000), '```');
  lines.push('', '## Rounds', '');
  for (const { name, seed, passed, said } of rounds)
    lines.push(`- ${name}, seed ${seed}: ${passed ? 'passed' : 'FAILED'}. ${said.join(' ')}`);
  fs.mkdirSync(options.out, { recursive: true });
  fs.writeFileSync(path.join(options.out, 'torture.md'), lines.join('\n') + '\n');
  const kept = rounds.map(({ output, ...round }) => (round.passed ? round : { ...round, output }));
  fs.writeFileSync(
    path.join(options.out, 'torture.json'),
    JSON.stringify({ minutes: options.minutes, rounds: kept }, null, 2) + '\n',
  );
  return failures.length;
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  const rigs = RIGS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const startedAt = Date.now();
  const endsAt = startedAt + options.minutes * 60_000;
  const spent = new Map(rigs.map(({ name }) => [name, 0]));
  const rounds = [];
  let failed = 0;
  // The rig that had the least time comes next. A round that has begun is finished.
  while (Date.now() < endsAt) {
    const rig = rigs.reduce((least, one) => (spent.get(one.name) < spent.get(least.name) ? one : least));
    const seed = Math.floor(Math.random() * 0x1_0000_0000);
    const began = Date.now();
    const { passed, output } = await round(rig, seed);
    const seconds = (Date.now() - began) / 1000;
    spent.set(rig.name, spent.get(rig.name) + seconds);
    const repeat = repeatOf(rig, seed);
    rounds.push({ name: rig.name, seed, passed, seconds, repeat, said: saidIn(output), output });
    failed = report(options, rounds, startedAt);
    const left = Math.max(0, Math.round((endsAt - Date.now()) / 60_000));
    console.log(
      `${rig.name}: ${passed ? 'passed' : 'FAILED'} in ${Math.round(seconds)} s, seed ${seed}; ${left} minutes left`,
    );
    if (!passed) console.log(`  repeat with: ${repeat}`);
  }
  console.log(`${rounds.length} rounds, ${failed} failed: ${path.join(options.out, 'torture.md')}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
