// Goal: what docs/operations.md says of status, health and doctor is so. Method: the table of codes is held against the proto and the thresholds,
// and the commands of these sections are run in a shell on a real server.

import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as limit from '../../src/engine/health/thresholds';
import { SLOW_CALL_MS } from '../../src/engine/health/call-figures';
import { bootHost } from '../support/boot-host';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';

const read = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');
const page = read('docs/operations.md');
const sections = page.slice(page.indexOf('\n## Status\n'), page.indexOf('\n## Exit codes\n'));
const rows = new Map(
  [...sections.matchAll(/^\| `([a-z_]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, code, ...rest]) => [
    code!,
    rest.join(' '),
  ]),
);

it('lists the codes of the proto', () => {
  const comment = /\/\/ Its code: ([\s\S]*?)\n {2}string code/.exec(read('proto/holdfast/v1/system.proto'))![1]!;
  const codes = [...comment.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code);
  expect([...rows.keys()].sort()).toEqual(codes.sort());
});

it('names the thresholds', () => {
  const said: Readonly<Record<string, readonly string[]>> = {
    disk_low: [`${limit.DISK_LOW_FACTOR} times the reserve`],
    backup_missing: [`${limit.BACKUP_AGE_FACTOR} intervals`, `${limit.UNSAVED_AGE_MAX_MS / 86_400_000} day`],
    backup_old: [`${limit.BACKUP_AGE_FACTOR} intervals`, `${limit.UNSAVED_AGE_MAX_MS / 86_400_000} day`],
    mirror_behind: [`${limit.MIRROR_LAG_MAX} records`],
    recovery_debt: [`${limit.DEBT_FACTOR} times`],
    state_behind: [`${limit.STATE_LAG_MAX} records`, `${limit.CHECKPOINT_LAG_MAX_BYTES / 1024 / 1024} MiB`],
    slow_operations: [`${limit.SLOW_SHARE_MAX * 100} %`, `${limit.CALLS_LEAST} calls`],
    cache_hit_rate: [`${limit.HIT_RATE_MIN * 100} %`, `${limit.READS_LEAST} reads`],
    event_loop: [`${limit.LOOP_DELAY_MAX_MICROS / 1000} ms`],
  };
  for (const [code, words] of Object.entries(said)) {
    for (const word of words) expect([code, rows.get(code)]).toEqual([code, expect.stringContaining(word) as string]);
  }
  expect(sections).toContain(`above ${SLOW_CALL_MS} ms`);
  expect(sections).toContain(`${limit.CATCH_UP_MS / 60_000} minutes to make the backup`);
});

let program: string;
beforeAll(() => {
  program = builtProgram();
}, 600_000);

it('shows commands that do what it says', async () => {
  const host = await bootHost({ dir: tempDir() });
  const { address, dir } = host;
  const bin = tempDir();
  writeFileSync(join(bin, 'holdfast'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(join(bin, 'holdfast'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH']}`, PERSISTENCE_PORT: address.slice(address.lastIndexOf(':') + 1) };
  const run = (body: string) => spawnShell(body, env);
  const blocks = [...sections.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, body]) => body!);
  expect(blocks.length).toBe(3);
  for (const body of blocks) expect({ body, ...(await run(body)) }).toMatchObject({ body, code: 0, stderr: '' });
  await host.stop();
  const { code, stdout } = await run(`holdfast doctor --dir ${dir}`);
  expect([code, stdout.includes('fail')]).toEqual([0, false]);
}, 600_000);

async function spawnShell(body: string, env: Record<string, string>) {
  const child = spawn('sh', ['-e'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(body);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}
