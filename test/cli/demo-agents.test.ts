import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { doable } from '../../src/cli/demo/agents/doable';
import { Ledger } from '../../src/cli/demo/agents/ledger';
import { timelines } from '../../src/cli/demo/agents/picture';
import {
  byItsHolder,
  doneOnce,
  faultsPlayed,
  noneWhileBlocked,
  stepsOnce,
  tokensGrow,
} from '../../src/cli/demo/agents/proof';
import { Event } from '../../src/gen/holdfast/v1/event';
import { DependencyKind, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';

/** Runs the demo as `npm run demo:agents` does. */
function play(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const demo = join(dirname(builtProgram()), 'cli/demo-agents.js');
  execFileSync(process.execPath, [join(__dirname, '../../scripts/setup.js'), 'client'], { stdio: 'ignore' });
  return spawnSync(process.execPath, [demo, ...args], { encoding: 'utf8', timeout: 500_000 });
}

test('agents die and freeze, and each task is done once, by whoever held it', () => {
  const { status, stdout, stderr } = play();
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout });
  expect(stdout.match(/^ {3}ok {4}/gm)).toHaveLength(6);
  expect(stdout.match(/kill -9 agent-/g)).toHaveLength(3);
  expect(stdout.match(/freeze agent-/g)!.length).toBeGreaterThanOrEqual(3);
  expect(stdout).toContain('57 tasks done, each once: 0 never, 0 twice');
  // Nobody else could have it: its late holder's work counted, in its first attempt.
  expect(stdout).toMatch(/demo-key agent-1$/m);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
}, 600_000);

test('a backlog of one’s own is worked on as far as it can be', () => {
  const file = join(tempDir(), 'issues.jsonl');
  const issues = Array.from({ length: 40 }, (_, n) => ({
    id: `own-${n}`,
    title: `Issue ${n}`,
    status: n === 3 ? 'in_progress' : n === 4 ? 'closed' : 'open',
    assignee: n === 5 ? 'somebody' : '',
    // One that waits for what nobody here works on, and one behind it.
    dependencies:
      { 10: [{ depends_on_id: 'own-3', type: 'blocks' }], 11: [{ depends_on_id: 'own-10', type: 'blocks' }] }[n] ?? [],
  }));
  writeFileSync(file, issues.map((issue) => JSON.stringify(issue)).join('\n'));
  const { status, stdout, stderr } = play('--file', file, '--agents', '4');
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout });
  expect(stdout).toContain('40 tasks came in, 36 of them to be done. 4 agents begin.');
}, 600_000);

test('what cannot be meant is refused in a line', () => {
  const { status, stderr } = play('--agents', '2');
  expect([status, stderr]).toEqual([1, 'demo: --agents 2: give a number from 3 to 64\n']);
}, 600_000);

describe('the proof', () => {
  const task = (id: string, more: Partial<Task> = {}): Task => ({
    ...Task.fromPartial({ name: `projects/demo/tasks/${id}`, state: TaskState.PENDING }),
    ...more,
  });
  const [a, b] = [task('a'), task('b')] as const;
  const lease = (session: string, fencingToken: number) => ({ session, agent: `agents/of-${session}`, fencingToken });
  const event = (sequence: number, type: string, of: Task, more: object = {}): Event =>
    Event.fromPartial({ type, name: of.name, position: { history: 'h', sequence }, ...more });
  const claimed = (sequence: number, of: Task, session: string, token = sequence): Event =>
    event(sequence, 'task.claimed', of, {
      after: { resource: { $case: 'task', value: { name: of.name, lease: lease(session, token) } } },
    });
  const completed = (sequence: number, of: Task, session: string): Event =>
    event(sequence, 'task.completed', of, { session });
  const ledgerOf = (...events: Event[]): Ledger => {
    const ledger = new Ledger();
    for (const each of events) ledger.record(each);
    return ledger;
  };

  test('a task that was done twice, or never, is seen', () => {
    const once = ledgerOf(claimed(1, a, 's1'), completed(2, a, 's1'));
    expect(doneOnce(once, [a]).holds).toBe(true);
    expect(doneOnce(once, [a, b]).holds).toBe(false);
    expect(doneOnce(ledgerOf(completed(2, a, 's1'), completed(3, a, 's2')), [a]).holds).toBe(false);
  });

  test('a completion by a holder that had lost the task is seen', () => {
    const handed = [claimed(1, a, 's1'), claimed(2, a, 's2')];
    expect(byItsHolder(ledgerOf(...handed, completed(3, a, 's2')), [a]).holds).toBe(true);
    expect(byItsHolder(ledgerOf(...handed, completed(3, a, 's1')), [a]).holds).toBe(false);
    expect(byItsHolder(ledgerOf(claimed(1, a, 's1'), completed(2, a, 's1'), claimed(3, a, 's2')), [a]).holds).toBe(
      false,
    );
  });

  test('a token that does not grow is seen', () => {
    expect(tokensGrow(ledgerOf(claimed(1, a, 's1', 5), claimed(2, a, 's2', 5)), [a]).holds).toBe(false);
    expect(tokensGrow(ledgerOf(claimed(1, a, 's1', 5), claimed(2, a, 's2', 6)), [a]).holds).toBe(true);
  });

  test('a claim of a task that still waits is seen, of a blocker and of a part', () => {
    const waits = { ...b, dependencies: [{ task: a.name, kind: DependencyKind.BLOCKS }] };
    const early = ledgerOf(claimed(1, b, 's1'), completed(2, a, 's1'));
    expect(noneWhileBlocked(early, [a, waits]).holds).toBe(false);
    expect(noneWhileBlocked(early, [{ ...a, parent: b.name }, b]).holds).toBe(false);
    const inOrder = ledgerOf(completed(1, a, 's1'), claimed(2, b, 's1'));
    expect(noneWhileBlocked(inOrder, [a, waits]).holds).toBe(true);
  });

  test('a step that is missing or there twice is seen', () => {
    const kept = (n: number): Event => event(n, 'step.kept', { ...a, name: `${a.name}/steps/${n}` });
    expect(stepsOnce(ledgerOf(kept(1), kept(2)), [a], 2, 2).holds).toBe(true);
    expect(stepsOnce(ledgerOf(kept(1)), [a], 2, 2).holds).toBe(false);
    expect(stepsOnce(ledgerOf(kept(1), kept(2), kept(3)), [a], 2, 2).holds).toBe(false);
  });

  test('a run in which nothing went wrong proves nothing', () => {
    const facts = { kills: 1, freezes: 1, lapses: 1, adopted: 0, refused: 1 };
    expect(faultsPlayed(facts).holds).toBe(true);
    expect(faultsPlayed({ ...facts, kills: 0 }).holds).toBe(false);
    expect(faultsPlayed({ ...facts, refused: 0 }).holds).toBe(false);
  });

  test('what can be done is told from what waits for somebody', () => {
    const on = (other: Task, kind: DependencyKind = DependencyKind.BLOCKS) => [{ task: other.name, kind }];
    const paused = task('paused', { state: TaskState.PAUSED });
    const done = task('done', { state: TaskState.SUCCEEDED });
    const tasks = [
      task('free', { dependencies: on(done) }),
      task('held', { dependencies: on(paused) }),
      task('epic'),
      task('part', { parent: task('epic').name }),
      task('stuck-epic'),
      task('stuck-part', { parent: task('stuck-epic').name, dependencies: on(paused) }),
      task('fallback', { dependencies: on(done, DependencyKind.RUN_IF_FAILED) }),
      paused,
      done,
    ];
    expect(doable(tasks).map(({ name }) => name.split('/').at(-1))).toEqual(['free', 'epic', 'part']);
  });

  test('a timeline shows birth, work, freeze and death where they happened', () => {
    const changes = [
      { atMs: 0, doing: 'idle', mark: '+' },
      { atMs: 1500, doing: 'working' },
      { atMs: 3000, doing: 'frozen' },
      { atMs: 4000, doing: 'working' },
      { atMs: 5000, doing: 'dead', mark: 'X' },
    ] as const;
    const line = timelines([{ id: 'agent-1', changes }], 6600)[2]!;
    expect(line.slice(12)).toMatch(/^\+\.{13,14}#{14,15}z{10,12}#{8,10}X$/);
  });
});
