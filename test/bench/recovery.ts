// How long a lost or damaged state takes to come back, by each strategy, at three sizes: a journal of three records a task, and a backup that
// lacks its last records.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoverOffline } from '../../src/engine/recovery/offline';
import { damageMeans } from '../../src/engine/recovery/mend-at-start';
import { makeBase } from '../../src/engine/recovery/make-base';
import { openStore } from '../../src/engine/startup';
import { RecoveryStrategy } from '../../src/gen/holdfast/v1/recovery';
import { backupsDir, stateDir } from '../../src/storage/layout';
import { nodeFiles } from '../../src/storage/node-files';
import { STRATEGY_NAMES } from '../../src/engine/recovery/strategy';
import { JournalMaker } from './recovery-store';
import { figure } from './results';
import type { Row } from './results';
import type { Stage } from './stage';

const { HOT, WARM, COLD } = RecoveryStrategy;
/** Seconds that each may take at a million tasks and three million records on two cores. */
const secondsMax: ReadonlyMap<RecoveryStrategy, number> = new Map([
  ...([
    [HOT, 10],
    [WARM, 30],
    [COLD, 60],
  ] as const),
]);
/** Records that the newest backup lacks, if there are as many. */
const debtRecords = 100_000;

interface Found {
  readonly tasks: number;
  readonly strategy: RecoveryStrategy;
  readonly ms: number;
}

/** HOT, WARM and COLD at a hundredth, a tenth and the whole of `--tasks`. */
export async function measureRecovery(stage: Stage): Promise<Row[]> {
  const found: Found[] = [];
  for (const part of [100, 10, 1]) {
    const tasks = Math.ceil(stage.options.tasks / part);
    stage.say(`recovery of ${tasks.toLocaleString('en-US')} tasks`);
    found.push(...(await atSize(stage.folder(), tasks)));
  }
  const chart = join(__dirname, 'results', 'recovery.svg');
  writeFileSync(chart, chartOf(found));
  stage.say(`chart: ${chart}`);
  return found.map(({ tasks, strategy, ms }) => ({
    what: `${STRATEGY_NAMES[strategy]}, ${tasks.toLocaleString('en-US')} tasks`,
    measured: figure(ms / 1000, 's'),
    against: `${secondsMax.get(strategy)} s at 1 M`,
    score: ms / 1000,
    reach: { bound: 'most' as const, value: secondsMax.get(strategy)! },
    raw: ms,
  }));
}

async function atSize(dir: string, tasks: number): Promise<Found[]> {
  const maker = new JournalMaker(dir, tasks);
  await maker.write(maker.total - Math.min(debtRecords, Math.floor(maker.total / 10)));
  await backedUp(dir);
  await maker.write();
  const found: Found[] = [];
  for (const strategy of [COLD, HOT, WARM]) {
    if (strategy !== WARM) rmSync(stateDir(dir), { recursive: true, force: true });
    const began = performance.now();
    const { report } = await recoverOffline({
      ...{ files: nodeFiles, dir, backupsDir: backupsDir(dir), mirrorDir: undefined, strategy, dryRun: false },
      ...{ version: 'bench', notice: () => undefined },
    });
    const wallMs = performance.now() - began;
    const attempt = report?.attempts.at(-1);
    if (attempt?.strategy !== strategy || !attempt.succeeded) {
      throw new Error(`${STRATEGY_NAMES[strategy]} did not bring it back in ${wallMs} ms: ${JSON.stringify(report)}`);
    }
    found.push({ tasks, strategy, ms: attempt.tookMs });
  }
  rmSync(dir, { recursive: true });
  return found;
}

async function backedUp(dir: string): Promise<void> {
  const store = await openStore({ dir, files: nodeFiles }, () => undefined);
  const { journal, state } = store;
  try {
    await makeBase(
      damageMeans({ dir, files: nodeFiles }, () => undefined),
      state,
      journal.head(),
      journal.lineage(),
      'for the benchmark',
    );
  } finally {
    await state.close();
    await journal.close(true);
    await store.release();
  }
}

const size = { width: 640, height: 320, margin: 50 };
const colours: ReadonlyMap<RecoveryStrategy, string> = new Map([
  ...([
    [HOT, '#c0392b'],
    [WARM, '#d68910'],
    [COLD, '#2471a3'],
  ] as const),
]);

/** Seconds over tasks, both logarithmic. */
function chartOf(found: readonly Found[]): string {
  const { width, height, margin } = size;
  const [least, most] = [Math.min(...found.map(({ tasks }) => tasks)), Math.max(...found.map(({ tasks }) => tasks))];
  const [low, high] = [0.01, 100];
  const along = (value: number, from: number, to: number): number =>
    Math.log(value / from) / Math.log(Math.max(to / from, 1.01));
  const x = (tasks: number): number => margin + along(tasks, least, most) * (width - 2 * margin);
  const y = (seconds: number): number =>
    height - margin - along(Math.max(seconds, low), low, high) * (height - 2 * margin);
  const pointsOf = (strategy: RecoveryStrategy): (readonly [number, number])[] =>
    found.filter((each) => each.strategy === strategy).map(({ tasks, ms }) => [x(tasks), y(ms / 1000)] as const);
  // Lines that end close together have their names below one another.
  const names = new Map<RecoveryStrategy, number>();
  const fromTop = [...colours.keys()].sort((a, b) => pointsOf(a).at(-1)![1] - pointsOf(b).at(-1)![1]);
  let free = 0;
  for (const strategy of fromTop) {
    const at = Math.max(free, Math.round(pointsOf(strategy).at(-1)![1]));
    names.set(strategy, at);
    free = at + 14;
  }
  const lines = [...colours].map(([strategy, colour]) => {
    const points = pointsOf(strategy);
    const last = points.at(-1)!;
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => point.map(Math.round).join(',')).join(' ')}"/>` +
      `<text x="${Math.round(last[0]) + 4}" y="${names.get(strategy)!}" fill="${colour}">${STRATEGY_NAMES[strategy]}</text>`
    );
  });
  const ticks = [0.01, 0.1, 1, 10, 100].map(
    (seconds) =>
      `<text x="4" y="${Math.round(y(seconds)) + 4}">${seconds} s</text><line x1="${margin}" x2="${width - margin}" y1="${Math.round(y(seconds))}" y2="${Math.round(y(seconds))}" stroke="#ddd"/>`,
  );
  const sizes = [...new Set(found.map(({ tasks }) => tasks))].map(
    (tasks) => `<text x="${Math.round(x(tasks)) - 20}" y="${height - 20}">${tasks.toLocaleString('en-US')}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    ...[...ticks, ...sizes, ...lines],
    '</svg>\n',
  ].join('\n');
}
