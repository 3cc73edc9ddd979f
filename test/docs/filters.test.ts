// Goal: docs/filters.md says what filters do. Method: every example is parsed, every command is run against a real server, and the
// table of fields has the fields that there are.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELDS } from '../../src/domain/query/fields';
import { parseFilter } from '../../src/domain/query/filter';
import { CreateTaskRequest, ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { commandLine } from '../cli/command-line';
import { boot, call } from '../support/boot';

const text = readFileSync(join(__dirname, '../../docs/filters.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\`\`\`$`, 'gms'))].flatMap(([, body]) =>
    body!.trim().split('\n'),
  );

it('has the fields that there are, and no other', () => {
  const table = text.slice(text.indexOf('## Fields'), text.indexOf('```', text.indexOf('## Fields')));
  const cells = [...table.matchAll(/^\| (`.*?) \| /gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([a-z_]+)/g)]);
  expect([...new Set(cells.map(([, name]) => name))].sort()).toEqual([...FIELDS.keys()].sort());
});

it('names the comparators that each field takes', () => {
  let checked = 0;
  const values: Record<string, string> = {
    state: 'PENDING',
    priority: 'P1',
    ready: 'true',
    unresolved: 'true',
    deleted: 'true',
    revision: '1',
  };
  for (const [, names, comparators] of text.matchAll(/^\| (`(?:name|[a-z_]+[`.].*?)) \| ((?:`[^`]+` ?)+) \| /gm)) {
    const taken = [...comparators!.matchAll(/`([^`]+)`/g)].map(([, comparator]) => comparator!);
    for (const [, name, key] of names!.matchAll(/`([a-z_]+)(\.KEY)?`/g)) {
      if (!FIELDS.has(name!)) continue;
      checked++;
      for (const comparator of ['=', '!=', '<', '<=', '>', '>=', ':', ':*']) {
        const field = key ? `${name}.area` : name!;
        const value =
          comparator === ':*' ? '' : (values[name!] ?? (/_time$|_before$/.test(name!) ? '2026-01-01T00:00:00Z' : 't1'));
        const may = taken.includes(comparator) || (comparator === ':*' && taken.includes(':'));
        const parses = () => parseFilter(`${field} ${comparator} ${value}`, 'filter');
        if (may) expect([field, comparator, parses().conditions.length]).toEqual([field, comparator, 1]);
        else expect(parses).toThrow(/takes/);
      }
    }
  }
  // Labels and annotations are there twice, with a key and without.
  expect(checked).toBe(FIELDS.size + 2);
});

it('shows filters that a server takes', async () => {
  const { tasks } = await boot();
  const parent = 'projects/default';
  const examples = blocks('filter');
  expect(examples.length).toBeGreaterThan(12);
  for (const filter of examples) {
    const page = await call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent, filter }));
    expect(page.tasks).toEqual([]);
  }
});

it('shows commands that work', async () => {
  const { tasks, address } = await boot();
  const task = { title: 'fix the login', priority: 2, queue: 'web' } as const;
  await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent: 'projects/default', task }));
  const commands = blocks('console').filter((line) => line.startsWith('$ holdfast '));
  expect(commands).toHaveLength(3);
  for (const command of commands) {
    const args = [...command.slice('$ holdfast '.length).matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain!,
    );
    const { exitCode, stdout, stderr } = await commandLine([...args, '--server', address]);
    expect([command, exitCode, stderr.includes('holdfast:')]).toEqual([command, 0, false]);
    expect(stdout).toContain('fix the login');
  }
});
