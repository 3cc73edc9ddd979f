// The task graph on a terminal: what is drawn where, how wide, and in which language.

import { DependencyKind, Readiness, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import type { GetTaskGraphRequest } from '../../src/gen/holdfast/v1/task_service';
import { GetTaskGraphResponse } from '../../src/gen/holdfast/v1/task_service';
import { stepsOf } from '../../src/cli/graph/steps';
import { treeLines } from '../../src/cli/graph/tree';
import { textWidth } from '../../src/cli/text-width';
import { chosenSeed, randomFrom } from '../support/seed';
import type { Given } from './command-line';
import { commandLine } from './command-line';
import { FakeServer } from './fake-server';

const name = (id: string) => `projects/default/tasks/${id}`;
const task = (id: string, title = `Title of ${id}`, ready = true, state: TaskState = TaskState.PENDING) =>
  Task.fromPartial({ name: name(id), title, state, priority: 3, readiness: Readiness.fromPartial({ ready }) });
const edge = (from: string, to: string, kind: DependencyKind = DependencyKind.UNSPECIFIED) => ({
  from: name(from),
  to: name(to),
  kind,
  holdsBack: true,
});

/** A release in two parts; `fix` and `docs` both wait for `api`. */
const release = GetTaskGraphResponse.fromPartial({
  tasks: [
    task('t1', 'Release', false),
    task('docs', 'Write the manual', false),
    task('fix', 'Fix "login" <now>', false),
    task('api', 'Decide on the API', true),
    task('old', 'The old way', false, TaskState.FAILED),
  ],
  edges: [edge('docs', 't1'), edge('fix', 't1'), edge('docs', 'api', 1), edge('fix', 'api', 1), edge('fix', 'old', 4)],
});

describe('holdfast graph', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  const asked = () => server.asked.map(({ request }) => request as unknown as GetTaskGraphRequest);

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    server.answers.set('getTaskGraph', () => release);
  });
  afterEach(() => server.stop());

  test('a tree shows children, then edges in words, each task once', async () => {
    const { stdout, exitCode } = await holdfast(['graph', 't1']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '◌ t1 P2  Release',
      '├─ ◌ docs P2  Write the manual',
      '│  └─ waits for ○ api P2  Decide on the API',
      '└─ ◌ fix P2  Fix "login" <now>',
      '   ├─ waits for ○ api P2  (see above)',
      '   └─ found in ✗ old P2  The old way',
      '○ ready   ◌ held back   ✗ failed',
      '',
    ]);
  });

  test('--brief gives an agent words instead of signs', async () => {
    const { stdout } = await holdfast(['graph', 't1', '--brief']);
    expect(stdout).toContain('t1 P2 BLOCKED Release\n  docs P2 BLOCKED Write the manual\n    waits for api P2 READY');
    expect(stdout).not.toMatch(/[│○◌]/);
  });

  test('upward the same edges are read the other way round', async () => {
    const up = GetTaskGraphResponse.fromPartial({
      ...release,
      tasks: [release.tasks[3]!, ...release.tasks.slice(0, 3)],
    });
    server.answers.set('getTaskGraph', () => up);
    const { stdout } = await holdfast(['graph', 'api', '--up']);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'Upward',
      '○ api P2  Decide on the API',
      '├─ is waited for by ◌ docs P2  Write the manual',
      '│  └─ is part of ◌ t1 P2  Release',
      '└─ is waited for by ◌ fix P2  Fix "login" <now>',
    ]);
    expect(asked()).toMatchObject([{ direction: 2, liveOnly: true, depth: 8, nodesMax: 200 }]);
  });

  test('of a whole project the tops are drawn, and what one waits for stays at its own place', async () => {
    const forest = GetTaskGraphResponse.fromPartial({
      tasks: [task('a', 'First', false), task('b', 'Second')],
      edges: [edge('a', 'b', 1)],
      truncated: true,
    });
    server.answers.set('getTaskGraph', () => forest);
    const { stdout, stderr } = await holdfast([
      'graph',
      '--depth',
      '2',
      '--kind',
      'blocks,related',
      '--no-children',
      '--all',
    ]);
    expect(stdout).toContain('◌ a P2  First\n└─ waits for ○ b P2  (see below)\n○ b P2  Second\n');
    expect(stderr).toContain('There is more');
    expect(asked()).toMatchObject([
      { name: 'projects/default', depth: 2, kinds: [1, 3], withoutChildren: true, liveOnly: false, direction: 1 },
    ]);
  });

  test('--json is the answer; --format gives Graphviz and Mermaid, with titles escaped', async () => {
    const json = JSON.parse((await holdfast(['graph', 't1', '--json', '--up', '--down'])).stdout) as {
      edges: unknown[];
    };
    expect(json.edges).toHaveLength(5);
    expect(asked()).toMatchObject([{ direction: 3 }]);
    const dot = (await holdfast(['graph', 't1', '--format', 'dot'])).stdout;
    expect(dot).toContain('"fix" [label="fix Fix \\"login\\" <now> (BLOCKED)", fillcolor="#ffffff"];');
    expect(dot).toContain('"docs" -> "api" [label="waits for", style=solid];');
    const mermaid = (await holdfast(['graph', 't1', '--format', 'mermaid'])).stdout;
    expect(mermaid).toContain('n3["fix Fix #34;login#34; #60;now#62; (BLOCKED)"]:::BLOCKED');
    expect(mermaid).toContain('n2 -->|waits for| n4');
  });

  test('what cannot be meant ends with 2', async () => {
    expect((await holdfast(['graph', '--up'])).exitCode).toBe(2);
    expect((await holdfast(['graph', 't1', '--kind', 'blox'])).stderr).toContain('The kinds are blocks,');
    expect((await holdfast(['graph', 't1', '--json', '--format', 'dot'])).exitCode).toBe(2);
  });
});

test('any graph is drawn with each task once, no line wider than the terminal', () => {
  const random = randomFrom(chosenSeed());
  const kinds = Object.values(DependencyKind).filter((kind) => kind >= 0);
  for (let round = 0; round < 200; round++) {
    const count = 1 + random.below(60);
    const tasks = Array.from({ length: count }, (_, n) => task(`k${n}`, '漢字 and more '.repeat(random.below(12))));
    const edges = Array.from({ length: random.below(3 * count) }, () => {
      // A chain makes it deep; kinds that hold nothing back may run in circles.
      const from = random.below(count);
      return edge(`k${from}`, `k${random.below(2) ? Math.max(0, from - 1) : random.below(count)}`, random.pick(kinds));
    });
    const steps = stepsOf(GetTaskGraphResponse.fromPartial({ tasks, edges }), random.below(2) ? 'down' : 'up');
    const lines = treeLines(steps, [name('k0')], { columns: 80, plain: false });
    const drawn = lines.filter((line) => !/\(see (above|below)\)/.test(line));
    expect(drawn.map((line) => / (k\d+) P2/.exec(line)?.[1]).sort()).toEqual(tasks.map((_, n) => `k${n}`).sort());
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
  }
});
