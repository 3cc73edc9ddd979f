// The commands of docs/recovery.md are run, on a server that runs and on one that is stopped.

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';
import { startServer } from '../crash/server-process';

const page = readFileSync(join(__dirname, '../../docs/recovery.md'), 'utf8');
const shown = new Set([...page.matchAll(/`(holdfast recover[^`]*)`/g)].map(([, command]) => command!));

let program: string;
beforeAll(() => {
  program = builtProgram();
}, 600_000);

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(command: string, dir: string, server?: string): Promise<Ran> {
  const words = command.replace('DIR', dir).replace('NAME', 't1').replace('t12', 't1').split(' ').slice(1);
  const args = [program, ...words, ...(server ? ['--server', server] : [])];
  return new Promise((resolve) =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

test('what the page shows can be done', async () => {
  expect([...shown].filter((command) => command !== 'holdfast recover').sort()).toEqual([
    'holdfast recover --dir DIR',
    'holdfast recover --dir DIR --dry-run',
    'holdfast recover --dry-run',
    'holdfast recover --strategy cold',
    'holdfast recover report',
    'holdfast recover task NAME',
    'holdfast recover task t12',
  ]);
  const dir = join(tempDir(), 'data');
  const server = await startServer(dir);
  for (const title of ['one', 'two']) {
    expect(await run(`holdfast task create ${title}`, dir, server.address)).toMatchObject({ code: 0 });
  }
  const alone = ['holdfast recover', 'holdfast recover report'];
  const online = [...shown].filter((command) => !command.includes('--dir') && !alone.includes(command));
  for (const command of [...online, 'holdfast recover report']) {
    const { code, output } = await run(command, dir, server.address);
    expect({ command, code, output }).toMatchObject({
      code: 0,
      output: expect.stringMatching(/COLD|is there/) as string,
    });
  }
  expect(await run('holdfast recover --dir DIR', dir)).toMatchObject({ code: 1 });
  await server.stop();
  expect(await run('holdfast recover --dir DIR --dry-run', dir)).toMatchObject({ code: 0 });

  // Something is lost for good: it is named, and given up only when somebody says so.
  const journal = join(dir, 'journal');
  const segment = join(
    journal,
    readdirSync(journal).find((name) => name.endsWith('.seg'))!,
  );
  const bytes = readFileSync(segment);
  bytes[Math.floor(bytes.length / 3)]! ^= 1;
  writeFileSync(segment, bytes);
  rmSync(join(dir, 'state'), { recursive: true });
  const looked = await run('holdfast recover --dir DIR --dry-run', dir);
  expect(looked).toMatchObject({ code: 70, output: expect.stringMatching(/lost \d+/) as string });
  expect(await run('holdfast recover --dir DIR', dir)).toMatchObject({ code: 2 });
  expect(readFileSync(segment)).toEqual(bytes);
  const did = await run('holdfast recover --dir DIR --yes', dir);
  expect(did).toMatchObject({ code: 0, output: expect.stringContaining('a new history began') as string });
  // What was before the damage is in the archive, for people.
  const [name] = readdirSync(join(dir, 'archive'));
  const dumped = 'holdfast journal dump DIR/archive/NAME';
  expect(page).toContain(`\`${dumped}\``);
  const dump = await run(dumped.replace('NAME', name!), dir);
  expect(dump).toMatchObject({ code: 70, output: expect.stringMatching(/BOOT/i) as string });
  const again = await startServer(dir);
  expect(await run('holdfast task list', dir, again.address)).toMatchObject({ code: 0 });
  await again.stop();
}, 600_000);
