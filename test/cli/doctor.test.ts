// `holdfast doctor`: what it finds on a server that answers, on a stopped store, and in between.

import { cpSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timestampOf } from '../../src/domain/timestamp';
import type { Finding } from '../../src/cli/doctor/finding';
import { fileSystemFinding, freeFinding, NODE_LEAST, nodeFinding } from '../../src/cli/doctor/machine';
import { configFindings, healthFindings, integrityFindings, statusFindings } from '../../src/cli/doctor/served';
import {
  Health,
  HealthStatus,
  IntegrityReport,
  ServerState,
  ServerStatus,
  Setting,
} from '../../src/gen/holdfast/v1/system';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import { commandLine } from './command-line';

async function findings(...args: string[]): Promise<{ found: Finding[]; exitCode: number }> {
  const { stdout, exitCode } = await commandLine(['doctor', '--json', ...args]);
  return {
    found: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Finding),
    exitCode,
  };
}

const saying = (text: string | RegExp): unknown => expect.stringMatching(text);
const of = (found: readonly Finding[], check: string): Finding[] => found.filter((one) => one.check === check);

/** A stopped store with a task in it. */
async function stoppedStore(): Promise<string> {
  const dir = tempDir();
  const booted = await boot({ dir });
  await commandLine(['task', 'create', 'One', '--server', booted.address]);
  await booted.stop();
  return dir;
}

function segmentOf(dir: string): string {
  const journal = join(dir, 'journal');
  return join(
    journal,
    readdirSync(journal).find((name) => name.endsWith('.seg'))!,
  );
}

describe('on a stopped store', () => {
  it('a sound one has nothing to mend, and starts afterwards as before', async () => {
    const dir = await stoppedStore();
    const { found, exitCode } = await findings('--dir', dir);
    expect([exitCode, found.filter(({ verdict }) => verdict === 'fail')]).toEqual([0, []]);
    expect(found.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['node', 'permissions', 'file system', 'disk', 'lock', 'journal', 'state', 'backups']),
    );
    expect(of(found, 'journal')).toMatchObject([{ verdict: 'ok', message: saying('stopped cleanly') }]);
    expect(of(found, 'state')).toMatchObject([{ verdict: 'ok' }]);
    const { engine } = await boot({ dir });
    expect(engine.status.found.journal.how).toBe('clean');
    expect(engine.status.found.state.how).toBe('opened');
  });

  it('a flipped bit of the journal is a failure that names segment and byte', async () => {
    const dir = await stoppedStore();
    const segment = segmentOf(dir);
    const bytes = readFileSync(segment);
    bytes[200]! ^= 1;
    writeFileSync(segment, bytes);
    const { found, exitCode } = await findings('--dir', dir);
    expect(exitCode).toBe(1);
    const [first] = of(found, 'journal');
    expect(first).toMatchObject({ verdict: 'fail', message: saying(/\.seg at byte \d+: /) });
    expect(first!.advice).toContain('Keep a copy');
  });

  it('a damaged state is a warning: the next start rebuilds it', async () => {
    const dir = await stoppedStore();
    const store = readdirSync(join(dir, 'state')).find((name) => name.startsWith('db-'))!;
    for (const name of readdirSync(join(dir, 'state', store))) {
      if (name.endsWith('.ldb')) rmSync(join(dir, 'state', store, name));
    }
    const { found, exitCode } = await findings('--dir', dir);
    expect(of(found, 'state')).toMatchObject([{ verdict: 'warn', advice: saying('rebuilds') }]);
    expect(exitCode).toBe(0);
    rmSync(join(dir, 'state'), { recursive: true });
    expect(of((await findings('--dir', dir)).found, 'state')).toMatchObject([{ verdict: 'warn' }]);
  });

  it('a journal that ends below what the state has is a failure', async () => {
    const [dir, older] = [await stoppedStore(), join(tempDir(), 'journal')];
    const journal = join(dir, 'journal');
    cpSync(journal, older, { recursive: true });
    const booted = await boot({ dir });
    await commandLine(['task', 'create', 'Two', '--server', booted.address]);
    await booted.stop();
    rmSync(journal, { recursive: true });
    cpSync(older, journal, { recursive: true });
    const { found, exitCode } = await findings('--dir', dir);
    expect(exitCode).toBe(1);
    const advice = saying(`holdfast recover --dir ${dir} --dry-run`);
    expect(of(found, 'state')).toMatchObject([{ verdict: 'fail', message: saying('it has lost some'), advice }]);
  });

  it('the journal of another store that ends below what the state has is a failure: a start does not rebuild over it', async () => {
    const [dir, other] = [await stoppedStore(), await stoppedStore()];
    const booted = await boot({ dir });
    await booted.stop();
    rmSync(join(dir, 'journal'), { recursive: true });
    cpSync(join(other, 'journal'), join(dir, 'journal'), { recursive: true });
    const { found, exitCode } = await findings('--dir', dir);
    expect(exitCode).toBe(1);
    expect(of(found, 'state')).toMatchObject([{ verdict: 'fail', message: saying('of another history') }]);
    await expect(boot({ dir })).rejects.toThrow(/journal corruption/);
  });

  it('a cut end of a journal that was sealed is not called a half-written group', async () => {
    const dir = await stoppedStore();
    truncateSync(segmentOf(dir), statSync(segmentOf(dir)).size - 150);
    const { found, exitCode } = await findings('--dir', dir);
    expect(exitCode).toBe(1);
    expect(of(found, 'journal').map(({ verdict }) => verdict)).not.toContain('ok');
  });

  it('a store that a server uses is left to the server', async () => {
    const { dir } = await boot();
    const { found, exitCode } = await findings('--dir', dir);
    expect(exitCode).toBe(1);
    expect(found.at(-1)).toMatchObject({
      check: 'lock',
      verdict: 'fail',
      advice: saying('without --dir'),
    });
  });

  it('a directory without a journal is no store, and stays as it was', async () => {
    const dir = tempDir();
    const { found, exitCode } = await findings('--dir', dir);
    expect([exitCode, found.at(-1)!.check, readdirSync(dir)]).toEqual([1, 'directory', []]);
  });

  it('is told in lines that fit, each with what to do', async () => {
    const dir = await stoppedStore();
    rmSync(join(dir, 'state'), { recursive: true });
    const { stdout } = await commandLine(['doctor', '--dir', dir], { columns: 80 });
    expect(stdout).toMatch(/^ok {4}node {7}Node \d+/);
    expect(stdout).toContain(
      'warn  state      there is no state checkpoint\n                 → Nothing: the next start',
    );
    expect(stdout).toMatch(/to look at\.\n$/);
    const long = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(dir));
    expect(long).toEqual([]);
  });
});

describe('on a server that answers', () => {
  it('a fresh one has nothing to mend', async () => {
    const { address } = await boot();
    const { found, exitCode } = await findings('--server', address);
    expect([exitCode, found.filter(({ verdict }) => verdict === 'fail')]).toEqual([0, []]);
    expect(of(found, 'server')).toMatchObject([{ verdict: 'ok' }]);
    expect(of(found, 'health')).toMatchObject([{ verdict: 'ok' }]);
    expect(of(found, 'integrity')).toMatchObject([{ verdict: 'ok' }]);
  });

  it('one that does not answer is a failure with the way to its store', async () => {
    const { found, exitCode } = await findings('--server', '127.0.0.1:1');
    expect(exitCode).toBe(1);
    expect(found.at(-1)).toMatchObject({ check: 'server', verdict: 'fail', advice: saying('--dir') });
  });
});

describe('what each fact means', () => {
  const nowMs = Date.UTC(2030, 0, 1);
  const verdicts = (found: readonly Finding[]): string[] => found.map(({ check, verdict }) => `${check} ${verdict}`);
  const status = (fields: Parameters<typeof ServerStatus.fromPartial>[0]) =>
    ServerStatus.fromPartial({ version: '1', state: ServerState.SERVING, journalTime: timestampOf(nowMs), ...fields });

  it('the state, the version and the clock of the server', () => {
    expect(verdicts(statusFindings(status({}), '1', nowMs))).toEqual(['server ok', 'clock ok']);
    expect(verdicts(statusFindings(status({}), '2', nowMs))).toEqual(['server ok', 'version warn', 'clock ok']);
    expect(verdicts(statusFindings(status({ state: ServerState.DRAINING }), '', nowMs))[0]).toBe('server warn');
    expect(verdicts(statusFindings(status({ state: ServerState.HALTED }), '', nowMs))[0]).toBe('server warn');
    const ahead = status({ journalTime: timestampOf(nowMs + 6 * 60_000) });
    expect(statusFindings(ahead, '1', nowMs)[1]).toMatchObject({
      verdict: 'warn',
      message: saying('6 min ahead'),
    });
    const behind = status({ journalTime: timestampOf(nowMs - 6 * 60_000) });
    expect(statusFindings(behind, '1', nowMs)[1]!.message).toContain('behind');
  });

  it('the issues of its health', () => {
    expect(verdicts(healthFindings(Health.fromPartial({})))).toEqual(['health ok']);
    const issues = [
      { code: 'a', severity: HealthStatus.UNHEALTHY },
      { code: 'b', severity: HealthStatus.DEGRADED },
    ];
    expect(verdicts(healthFindings(Health.fromPartial({ issues })))).toEqual(['health fail', 'health warn']);
  });

  it('what the check of its structure found', () => {
    expect(verdicts(integrityFindings(IntegrityReport.fromPartial({ sound: true })))).toEqual(['integrity ok']);
    const problems = [
      { kind: 'blob', name: 'blobs/1', problem: 'gone', repaired: false },
      { kind: 'row', name: 'x', problem: 'damaged', repaired: true },
    ];
    const found = integrityFindings(IntegrityReport.fromPartial({ sound: false, problems, problemCount: 2 }));
    expect(found.map(({ message }) => message)).toEqual(['blob blobs/1: gone', '1 more problems']);
  });

  it('what the settings put at risk', () => {
    const settings = (values: Record<string, string>) =>
      Object.entries(values).map(([name, value]) => Setting.fromPartial({ name, value }));
    const safe = {
      autoBackup: 'true',
      backupInterval: '3600000',
      backupDir: '/b',
      mirrorDir: '',
      allowRemote: 'false',
    };
    expect(verdicts(configFindings(settings(safe)))).toEqual(['settings ok']);
    for (const risk of [
      { autoBackup: 'false' },
      { backupInterval: String(25 * 3_600_000) },
      { backupDir: '' },
      { allowRemote: 'true' },
    ]) {
      expect(verdicts(configFindings(settings({ ...safe, ...risk })))).toEqual(['settings warn']);
    }
  });

  it('the machine', () => {
    const { engines } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      engines: { node: string };
    };
    expect(engines.node).toBe(`>=${NODE_LEAST.join('.')}`);
    expect(
      [nodeFinding('20.19.0'), nodeFinding('22.1.0'), nodeFinding('20.18.9'), nodeFinding('18.20.0')].map(
        ({ verdict }) => verdict,
      ),
    ).toEqual(['ok', 'ok', 'fail', 'fail']);
    expect([0xef53, 0x6969, 0x01021994, -11317950].map((type) => fileSystemFinding(type).verdict)).toEqual([
      'ok',
      'warn',
      'warn',
      'warn',
    ]);
    const MIB = 1024 * 1024;
    expect([63, 64, 255, 256].map((size) => freeFinding(size * MIB).verdict)).toEqual(['fail', 'warn', 'warn', 'ok']);
  });
});
