// Goal: the shim fails the call that it is asked to fail, and no other. Method: a program that makes a few calls and says how each went.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { FaultShim, faultShimMissing } from './fault-shim';
import type { ShimFault } from './fault-shim';
import { ServerProcess } from './server-process';

const program = join(__dirname, 'fixtures/one-call.js');
const missing = faultShimMissing();

describeIf(missing === undefined, missing ?? '', 'the fault shim', () => {
  let shim: FaultShim;
  beforeAll(() => {
    shim = FaultShim.compile();
  });

  /** What the program says of each call, and how it ended. */
  async function under(fault: Omit<ShimFault, 'path'>, path?: string): Promise<Record<string, string>> {
    const folder = tempDir();
    const env = shim.environment({ ...fault, path: path ?? join(folder, 'data') });
    const child = new ServerProcess(program, [folder], { env });
    const { code, signal } = await child.ended;
    const said = child.printed.split('\n').filter((line) => line !== '');
    return Object.fromEntries([
      ...said.map((line) => line.split(' ')),
      ['ended', signal ?? code],
      ['folder', folder],
    ]) as Record<string, string>;
  }

  it('counts the calls on the path, and fails none, for call 0', async () => {
    const said = await under({ op: 'write', nth: 0, action: 'EIO' });
    expect(said).toMatchObject({ write1: '10', fsync3: 'ok', unlink1: 'ok', unlink2: 'ENOENT', ended: 0 });
    expect(shim.counts).toEqual({ open: 4, write: 3, fsync: 3, fdatasync: 3, rename: 2, unlink: 2, fired: 0 });
  });

  it.each(['open', 'write', 'fsync', 'fdatasync'] as const)(
    'fails the second %s alone, or it and all later ones',
    async (op) => {
      const good = op === 'write' ? '10' : 'ok';
      const once = await under({ op, nth: 2, action: 'EIO' });
      expect([once[`${op}1`], once[`${op}2`], once[`${op}3`], once['elsewhere']]).toEqual([good, 'EIO', good, '1']);
      expect(shim.counts.fired).toBe(1);
      // The program itself opens the file a fourth time.
      const sticky = await under({ op, nth: op === 'open' ? 4 : 2, action: 'ENOSPC', sticky: true });
      if (op === 'open') expect(sticky['ended']).toBe(1);
      else expect([sticky[`${op}1`], sticky[`${op}2`], sticky[`${op}3`]]).toEqual([good, 'ENOSPC', 'ENOSPC']);
    },
  );

  it('fails a rename and an unlink, which then have not happened', async () => {
    expect(await under({ op: 'rename', nth: 1, action: 'ENOSPC' })).toMatchObject({ rename1: 'ENOSPC', rename2: 'ok' });
    const said = await under({ op: 'unlink', nth: 1, action: 'EIO' });
    expect(said).toMatchObject({ unlink1: 'EIO', unlink2: 'ok' });
  });

  it('takes half of a write and says so: libuv goes on with the rest', async () => {
    expect(await under({ op: 'write', nth: 1, action: 'SHORT' })).toMatchObject({ write1: '10', write2: '10' });
    expect(shim.counts).toMatchObject({ write: 4, fired: 1 });
  });

  it('kills the process before a call, or half-way through a write', async () => {
    const killed = await under({ op: 'write', nth: 1, action: 'KILL' });
    expect(killed).toMatchObject({ open3: 'ok', ended: 'SIGKILL' });
    expect(killed['write1']).toBeUndefined();
    expect(statSync(join(killed['folder']!, 'data')).size).toBe(0);
    const torn = await under({ op: 'write', nth: 1, action: 'TORN' });
    expect(torn['ended']).toBe('SIGKILL');
    expect(statSync(join(torn['folder']!, 'data')).size).toBe(5);
  });

  it('sees what LevelDB writes', async () => {
    const folder = tempDir();
    const level = JSON.stringify(require.resolve('level'));
    const script = `const { Level } = require(${level}); const db = new Level(process.argv[1]);
      db.put('a', 'b', { sync: true }).then(() => console.log('put ok'), (error) => console.log('put', error.cause?.code ?? error.code));`;
    const env = shim.environment({ op: 'write', path: '.log', nth: 1, action: 'EIO', sticky: true });
    const child = new ServerProcess('-e', [script, join(folder, 'db')], { env });
    await child.ended;
    expect(child.printed).toMatch(/^put LEVEL_/);
    expect(shim.counts.fired).toBeGreaterThan(0);
  });
});
