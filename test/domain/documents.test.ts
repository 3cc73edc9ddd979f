// Goal: the documents about bounds and errors say what the code does. Method: each constant and each reason is looked up in them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as auditLimits from '../../src/domain/audit-limits';
import * as checkpointLimits from '../../src/domain/checkpoints/checkpoint-limits';
import * as ownLimits from '../../src/domain/limits';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Reason } from '../../src/gen/holdfast/v1/error';

const limits = { ...ownLimits, ...checkpointLimits, ...auditLimits };

function read(path: string): string {
  return readFileSync(join(__dirname, '../..', path), 'utf8');
}

/** The cells of each table row that begins with a name in backticks, by that name. */
function tableOf(text: string): Map<string, string[]> {
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm)];
  return new Map(rows.map(([, name, rest]) => [name!, rest!.split('|').map((cell) => cell.trim())]));
}

const reasons = Object.keys(Reason).filter((name) => name !== 'UNSPECIFIED' && name !== 'UNRECOGNIZED');

describe('docs/limits.md', () => {
  const table = tableOf(read('docs/limits.md'));

  it('lists every limit with its value, and no other', () => {
    const documented = [...table].map(([name, [value]]) => [name, Number(value)]).sort();
    expect(documented).toEqual(Object.entries(limits).sort());
  });

  it('names a reason that exists for what is beyond a limit', () => {
    for (const cells of table.values()) {
      const reason = /^`(.*)`$/.exec(cells.at(-1)!)?.[1];
      if (reason !== undefined) expect(reasons).toContain(reason);
    }
  });
});

describe('docs/errors.md', () => {
  const text = read('docs/errors.md');
  const table = tableOf(text);

  it('lists every reason once, with when and what to do', () => {
    expect([...table.keys()].sort()).toEqual([...reasons].sort());
    for (const [, when, advice] of [...table].map(([name, cells]) => [name, ...cells])) {
      expect([when, advice]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    }
  });

  it('names the code and the metadata that the proto names', () => {
    const proto = read('proto/holdfast/v1/error.proto');
    const comments = [...proto.matchAll(/((?: {2}\/\/.*\n)+) {2}REASON_([A-Z_]+) = /g)];
    expect(comments).toHaveLength(reasons.length + 1);
    const sections = text.split(/^## /m);
    for (const [, comment, name] of comments.filter(([, , reason]) => reason !== 'UNSPECIFIED')) {
      const code = /^ {2}\/\/ ([A-Z_]+):/.exec(comment!)![1]!;
      const section = sections.find((part) => part.includes(`| \`${name}\` |`))!;
      const heading = section.slice(0, section.indexOf('\n'));
      const [when, , metadata] = table.get(name!)!;
      expect([name, heading.includes(code) || when!.includes(code)]).toEqual([name, true]);
      const keys = [...(/Metadata: (.*)\./.exec(comment!)?.[1] ?? '').matchAll(/`([a-z_]+)`/g)].map(([, key]) => key!);
      expect([name, [...metadata!.matchAll(/`([a-z_]+)`/g)].map(([, key]) => key)].flat()).toEqual(
        expect.arrayContaining([name, ...keys]),
      );
    }
  });
});

describe('docs/journal-format.md', () => {
  it('names every kind of row by its number, and no other', () => {
    const text = read('docs/journal-format.md');
    const documented = [...text.matchAll(/[|,] (\d+) ([A-Z_]+)(?= \||, \d)/g)].map(([, number, name]) => [
      name,
      Number(number),
    ]);
    const kinds = Object.entries(EntityKind).filter(([, number]) => number > 0);
    expect(documented).toEqual(kinds);
  });
});
