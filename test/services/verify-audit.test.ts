// Goal: VerifyAudit says of a running server whether its journal is what was written. Method: real servers, whose files are changed behind
// their backs.

import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { status as Code } from '@grpc/grpc-js';
import { VerifyAuditRequest } from '../../src/gen/holdfast/v1/event_service';
import { isSegmentName } from '../../src/storage/journal/format';
import { call } from '../support/boot';
import { forge } from '../support/forged-journal';
import { agedStore, fromHead, trimWorld } from '../support/trim-world';

const segmentsOf = (dir: string): string[] =>
  readdirSync(join(dir, 'journal'))
    .filter(isSegmentName)
    .sort()
    .map((name) => join(dir, 'journal', name));

it('a sound journal is sound, against every anchor there is, while it is written to', async () => {
  const world = await trimWorld({ dir: await agedStore(100) });
  await world.make('b1');
  const first = await world.verify();
  expect(first).toMatchObject({ sound: true, problems: [] });
  expect(first.from).toMatchObject({ history: world.engine.history, sequence: 1 });
  const writing = world.createTasks(500);
  const report = await world.verify({ anchors: [{ position: first.to, chain: first.chain }] });
  await writing;
  expect(report).toMatchObject({ sound: true, problems: [] });
  const sources = report.anchors.map(({ source, matches }) => [source, matches]);
  expect(sources).toEqual([
    ['backups/b1', true],
    ['state checkpoint', true],
    ['request', true],
    ['running server', true],
  ]);
});

it('a flipped byte of the past is named with its segment and place', async () => {
  const world = await trimWorld({ dir: await agedStore(100) });
  const [path] = segmentsOf(world.dir);
  const bytes = readFileSync(path!);
  bytes[1000]! ^= 8;
  writeFileSync(path!, bytes);
  const report = await world.verify();
  expect(report.sound).toBe(false);
  expect(report.problems[0]).toMatch(/^0{15}1\.seg at byte \d+: /);
});

it('a removed segment is named', async () => {
  const world = await trimWorld({ dir: await agedStore(100) });
  rmSync(segmentsOf(world.dir)[1]!);
  expect(await world.verify()).toMatchObject({ sound: false });
  rmSync(segmentsOf(world.dir)[0]!);
  expect((await world.verify()).problems).toContain('the segment with sequence 1 is missing');
});

it('a rewritten journal that is consistent in itself is found by the backup, and by a chain that somebody kept', async () => {
  const world = await trimWorld({ dir: await agedStore(100) });
  const { to, chain } = await world.verify();
  await world.make('b1');
  forge(join(world.dir, 'journal'), 5, 'chain');
  const report = await world.verify({ anchors: [{ position: to, chain }] });
  expect(report.sound).toBe(false);
  const matching = new Map(report.anchors.map(({ source, matches }) => [source, matches]));
  expect([matching.get('backups/b1'), matching.get('request')]).toEqual([false, false]);
  expect(report.problems.join()).toContain('backups/b1 knows another chain at');
});

it('a start refuses a journal that was rewritten while the server was away', async () => {
  const world = await trimWorld({ dir: await agedStore(100) });
  await world.stop();
  forge(join(world.dir, 'journal'), 5, 'chain');
  rmSync(join(world.dir, 'journal', 'seal'));
  await expect(trimWorld({ dir: world.dir })).rejects.toThrow();
});

it('what a trim took is out of reach, and no problem', async () => {
  const world = await trimWorld({ dir: await agedStore(300) });
  const early = await world.verify();
  await world.make('b1');
  await world.createTasks(300, 300);
  await world.trim(fromHead(world));
  const anchors = [{ position: { history: world.engine.history, sequence: 2 }, chain: early.chain }];
  const report = await world.verify({ anchors });
  expect(report).toMatchObject({ sound: true });
  expect(report.anchors.find(({ source }) => source === 'request')).toMatchObject({ outOfReach: true });
  expect(report.anchors.find(({ source }) => source === 'last trim')).toMatchObject({ matches: true });
});

it.each([
  [
    'a chain of the wrong size',
    { anchors: [{ position: { sequence: 1 }, chain: Buffer.alloc(3) }] },
    'anchors[0].chain',
  ],
  ['an anchor without a position', { anchors: [{ chain: Buffer.alloc(32) }] }, 'anchors[0].position'],
])('%s is refused', async (_, asked, field) => {
  const { events, engine } = await trimWorld();
  const anchors = asked.anchors.map((anchor) =>
    'position' in anchor ? { ...anchor, position: { ...anchor.position, history: engine.history } } : anchor,
  );
  await expect(call(events, 'verifyAudit', VerifyAuditRequest.fromPartial({ anchors }))).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
    details: expect.stringContaining(field) as string,
  });
});

it('positions that are not of this history are refused', async () => {
  const { events, engine } = await trimWorld();
  for (const position of [
    { history: 'f'.repeat(16), sequence: 1 },
    { history: engine.history, sequence: 9999 },
  ]) {
    for (const asked of [{ after: position }, { anchors: [{ position, chain: Buffer.alloc(32) }] }]) {
      await expect(call(events, 'verifyAudit', VerifyAuditRequest.fromPartial(asked))).rejects.toMatchObject({
        code: Code.OUT_OF_RANGE,
      });
    }
  }
});
