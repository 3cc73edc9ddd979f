// Goal: the disk in memory does what it says, or the tests that stand on it prove nothing. Method: each property alone, over
// many seeds where chance decides.

import { nodeFiles } from '../../src/storage/node-files';
import type { Files } from '../../src/storage/files';
import { FaultyFiles } from './faulty-files';
import { chosenSeed, randomFrom } from './seed';
import { tempDir } from './temp-dir';

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

async function written(files: Files, path: string, text: string): Promise<void> {
  const file = await files.open(path, 'wx+');
  await file.write(Buffer.from(text), 0);
  await file.sync();
  await file.close();
}

describe.each([
  ['in memory', (): [Files, string] => [new FaultyFiles(), '/']],
  ['on the real disk', (): [Files, string] => [nodeFiles, tempDir()]],
])('the port %s', (_, make) => {
  it('reads what was written, and fewer bytes only at the end', async () => {
    const [files, dir] = make();
    const file = await files.open(`${dir}/a`, 'wx+');
    await file.write(Buffer.from('hello'), 3);
    expect(await file.read(0, 100)).toEqual(Buffer.from('\0\0\0hello'));
    expect(await file.read(4, 2)).toEqual(Buffer.from('el'));
    expect(await file.read(50, 2)).toEqual(Buffer.alloc(0));
    await file.truncate(5);
    expect(await file.size()).toBe(5);
    await file.truncate(7);
    expect(await file.read(0, 100)).toEqual(Buffer.from('\0\0\0he\0\0'));
    await file.datasync();
    await file.close();
  });

  it('names errors by code', async () => {
    const [files, dir] = make();
    await written(files, `${dir}/a`, 'x');
    await expect(files.open(`${dir}/a`, 'wx+')).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(files.open(`${dir}/b`, 'r')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.open(`${dir}/b`, 'r+')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.unlink(`${dir}/b`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.rename(`${dir}/b`, `${dir}/c`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.list(`${dir}/nowhere`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.syncDirectory(`${dir}/nowhere`)).rejects.toMatchObject({ code: 'ENOENT' });
    const reader = await files.open(`${dir}/a`, 'r');
    await expect(reader.write(Buffer.from('y'), 0)).rejects.toMatchObject({ code: 'EBADF' });
    await reader.close();
  });

  it('lists, makes, renames and removes', async () => {
    const [files, dir] = make();
    await files.makeDirectory(`${dir}/one/two`);
    await files.makeDirectory(`${dir}/one/two`);
    await written(files, `${dir}/one/b`, 'b');
    await written(files, `${dir}/one/a`, 'a');
    expect(await files.list(`${dir}/one`)).toEqual(['a', 'b', 'two']);
    await files.rename(`${dir}/one/a`, `${dir}/one/b`);
    const file = await files.open(`${dir}/one/b`, 'r');
    await files.unlink(`${dir}/one/b`);
    // An open file outlives its name.
    expect(await file.read(0, 1)).toEqual(Buffer.from('a'));
    await file.close();
    await files.removeTree(`${dir}/one`);
    await files.removeTree(`${dir}/one`);
    expect(await files.list(dir)).toEqual([]);
    expect(await files.freeBytes(dir)).toBeGreaterThan(0);
  });

  it('gives a file a second name, which outlives the first', async () => {
    const [files, dir] = make();
    await written(files, `${dir}/a`, 'a');
    await files.link(`${dir}/a`, `${dir}/b`);
    await expect(files.link(`${dir}/a`, `${dir}/b`)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(files.link(`${dir}/c`, `${dir}/d`)).rejects.toMatchObject({ code: 'ENOENT' });
    await files.unlink(`${dir}/a`);
    const file = await files.open(`${dir}/b`, 'r');
    expect(await file.read(0, 9)).toEqual(Buffer.from('a'));
    await file.close();
  });
});

it('what was flushed survives every power cut', async () => {
  for (const seed of SEEDS) {
    const files = new FaultyFiles(seed);
    await files.makeDirectory('/d');
    await written(files, '/d/a', 'kept');
    await files.syncDirectory('/d');
    await files.syncDirectory('/');
    files.powerCut(seed);
    expect(files.bytesOf('/d/a').toString()).toBe('kept');
  }
});

it('what a flush leaves on the medium is what was written, cuts and gaps included', async () => {
  const random = randomFrom(chosenSeed());
  const disk = new FaultyFiles();
  await disk.makeDirectory('/d');
  await disk.syncDirectory('/');
  const file = await disk.open('/d/f', 'wx+');
  await disk.syncDirectory('/d');
  for (let round = 0; round < 50; round++) {
    if (random.chance(0.3)) await file.truncate(random.below(3000));
    else await file.write(random.bytes(1 + random.below(700)), random.below(2500));
    if (random.chance(0.5)) await file.sync();
  }
  await file.sync();
  const before = Buffer.from(disk.bytesOf('/d/f'));
  disk.powerCut(random.below(1000));
  expect(disk.bytesOf('/d/f').equals(before)).toBe(true);
});

it('what was not flushed is lost under some seeds, kept under others, and torn by sectors under others', async () => {
  const outcomes = new Set<string>();
  for (const seed of SEEDS) {
    const files = new FaultyFiles(seed);
    await written(files, '/a', 'x'.repeat(1024));
    await files.syncDirectory('/');
    const file = await files.open('/a', 'r+');
    await file.write(Buffer.alloc(1024, 'y'), 0);
    files.powerCut(seed);
    const bytes = files.bytesOf('/a').toString();
    const sectors = `${bytes[0]!}${bytes[512]!}`;
    expect(bytes).toBe(sectors[0]!.repeat(512) + sectors[1]!.repeat(512));
    outcomes.add(sectors);
  }
  expect([...outcomes].sort()).toEqual(['xx', 'xy', 'yx', 'yy']);
});

it('a later write may survive an earlier one', async () => {
  const outcomes = new Set<string>();
  for (const seed of SEEDS) {
    const files = new FaultyFiles(seed);
    await written(files, '/a', '..');
    await files.syncDirectory('/');
    const file = await files.open('/a', 'r+');
    await file.write(Buffer.from('1'), 0);
    await file.write(Buffer.from('2'), 1);
    files.powerCut(seed);
    outcomes.add(files.bytesOf('/a').toString());
  }
  expect([...outcomes].sort()).toEqual(['..', '.2', '1.', '12']);
});

it('a new name, a rename and an unlink are lost or kept until the directory is flushed', async () => {
  const outcomes = new Set<string>();
  for (const seed of SEEDS) {
    const files = new FaultyFiles(seed);
    for (const name of ['from', 'gone']) await written(files, `/${name}`, name);
    await files.syncDirectory('/');
    await written(files, '/new', 'new');
    await files.rename('/from', '/to');
    await files.unlink('/gone');
    files.powerCut(seed);
    outcomes.add(files.namesIn('/').join());
  }
  expect(outcomes).toContain('from,gone');
  expect(outcomes).toContain('new,to');
  expect(outcomes).toContain('from,gone,new');
  for (const names of outcomes) expect(/from/.test(names) !== /to/.test(names)).toBe(true);
});

it('a process that dies loses nothing that it wrote, and its handles', async () => {
  const files = new FaultyFiles();
  const file = await files.open('/a', 'wx+');
  await file.write(Buffer.from('written'), 0);
  files.kill();
  expect(files.bytesOf('/a').toString()).toBe('written');
  await expect(file.read(0, 1)).rejects.toMatchObject({ code: 'EBADF' });
});

it('a failed flush drops bytes that stay readable, and a second flush does not bring them back', async () => {
  let lost = 0;
  for (const seed of SEEDS) {
    const files = new FaultyFiles(seed);
    await written(files, '/a', 'old');
    await files.syncDirectory('/');
    const file = await files.open('/a', 'r+');
    await file.write(Buffer.from('new'), 0);
    files.fail({ call: 'datasync', code: 'EIO' });
    await expect(file.datasync()).rejects.toMatchObject({ code: 'EIO' });
    expect((await file.read(0, 3)).toString()).toBe('new');
    files.heal();
    await file.datasync().catch(() => undefined);
    await file.datasync();
    files.powerCut(seed);
    if (files.bytesOf('/a').toString() === 'old') lost += 1;
  }
  expect(lost).toBeGreaterThan(20);
});

it('each handle hears once of a flush that failed for another', async () => {
  const files = new FaultyFiles();
  await written(files, '/a', 'old');
  const [one, other] = [await files.open('/a', 'r+'), await files.open('/a', 'r+')];
  files.fail({ call: 'datasync', code: 'EIO' });
  await expect(one.datasync()).rejects.toMatchObject({ code: 'EIO' });
  await expect(other.datasync()).rejects.toMatchObject({ code: 'EIO' });
  await other.datasync();
});

it('faults strike the nth matching call, once or for good, and a short write leaves half', async () => {
  const files = new FaultyFiles();
  files.fail({ call: 'write', path: /b$/, nth: 2, code: 'ENOSPC', short: true });
  files.fail({ call: 'rename', code: 'EIO', sticky: true });
  const file = await files.open('/b', 'wx+');
  await file.write(Buffer.from('1234'), 0);
  await expect(file.write(Buffer.from('5678'), 4)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(files.bytesOf('/b').toString()).toBe('123456');
  await file.write(Buffer.from('5678'), 4);
  for (let count = 0; count < 2; count += 1) {
    await expect(files.rename('/b', '/c')).rejects.toMatchObject({ code: 'EIO' });
  }
});

it('a full disk takes what fits and says ENOSPC', async () => {
  const files = new FaultyFiles();
  files.capacity = 10;
  const file = await files.open('/a', 'wx+');
  await expect(file.write(Buffer.alloc(16, 'x'), 0)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await file.size()).toBe(10);
  await file.write(Buffer.from('yy'), 0);
  expect(await files.freeBytes('/')).toBe(0);
  files.heal();
  await file.write(Buffer.alloc(16, 'x'), 0);
});

it('after the power went every call rejects until it is back', async () => {
  const files = new FaultyFiles();
  files.crashAtChange(2);
  const file = await files.open('/a', 'wx+');
  await file.write(Buffer.from('1'), 0);
  await expect(file.write(Buffer.from('2'), 1)).rejects.toMatchObject({ code: 'EPOWER' });
  await expect(file.read(0, 1)).rejects.toMatchObject({ code: 'EPOWER' });
  await expect(files.list('/')).rejects.toMatchObject({ code: 'EPOWER' });
  expect(files.isDown).toBe(true);
  files.powerCut(1);
  expect(await files.list('/')).toBeDefined();
});
