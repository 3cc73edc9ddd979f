// `holdfast status`: what a person, a script and an agent see of a server.

import { timestampOf } from '../../src/domain/timestamp';
import { RecoveryStrategy } from '../../src/gen/holdfast/v1/recovery';
import { HealthStatus, IntegrityLevel, ServerState } from '../../src/gen/holdfast/v1/system';
import { CheckHealthResponse, GetStatusResponse } from '../../src/gen/holdfast/v1/system_service';
import { boot } from '../support/boot';
import type { Given, Ran } from './command-line';
import { commandLine } from './command-line';
import { FakeServer } from './fake-server';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const ago = (ms: number) => timestampOf(Date.now() - ms);

/** A server with something to say about everything. */
const busy = (): GetStatusResponse =>
  GetStatusResponse.fromPartial({
    status: {
      version: '1.2.3',
      state: ServerState.SERVING,
      found: 'unclean',
      journal: {
        durable: { history: '00000000000000aa', sequence: 5000 },
        applied: 4990,
        checkpointed: 4000,
        oldest: 100,
        segments: 3,
        lineage: [{ history: 'a' }, { history: '00000000000000aa' }],
      },
      disk: {
        freeBytes: 80 * 1024 * MIB,
        reserveBytes: 64 * MIB,
        journalBytes: 180 * MIB,
        stateBytes: 20 * MIB,
        blobBytes: 512,
        backupBytes: 60 * MIB,
      },
      cache: { entries: 1200, bytes: 400 * 1024, hits: 920, misses: 80, hitRate: 0.92 },
      calls: { calls: 12_000, refused: 30, errors: 2, slow: 7, meanMicros: 1234, p99Micros: 8000 },
      process: {
        uptimeMs: 3 * 3_600_000,
        rssBytes: 120 * MIB,
        heapBytes: 40 * MIB,
        cpuMs: 90_000,
        loopDelayP99Micros: 900,
      },
      recovery: {
        debtRecords: 1000,
        debtBytes: 36 * MIB,
        newestBackup: 'backups/b12',
        newestBackupTime: ago(5.5 * MINUTE_MS),
        backups: 24,
        damagedBackups: 1,
        nextBackupTime: timestampOf(Date.now() + 54.5 * MINUTE_MS),
        mirrorLag: 12,
        lastFailure: 'ENOSPC: no space left',
        outlook: [
          {
            strategy: RecoveryStrategy.HOT,
            possible: true,
            detail: 'rests on backups/b12',
            records: 1000,
            estimatedMs: 1300,
          },
          { strategy: RecoveryStrategy.COLD, possible: false, detail: 'the journal begins at 100' },
        ],
      },
      integrity: {
        last: {
          level: IntegrityLevel.STANDARD,
          sound: false,
          problemCount: 3,
          repairedCount: 1,
          endTime: ago(10.5 * MINUTE_MS),
        },
        scrubbedRows: 700,
        scrubRounds: 2,
        repairs: 1,
        quarantined: 2,
      },
      counts: { projects: 2, tasks: 1200, liveTasks: 300, sessions: 1, watches: 4, waiting: 5, runningOperations: 1 },
    },
  });

const unwell = (): CheckHealthResponse =>
  CheckHealthResponse.fromPartial({
    health: {
      status: HealthStatus.UNHEALTHY,
      issues: [
        {
          code: 'quarantine',
          severity: HealthStatus.UNHEALTHY,
          message: '2 rows are damaged and no source has them (threshold 0): reads of them give DATA_LOSS',
          recommendation: 'See which with: holdfast recover report.',
          since: ago(2.5 * 3_600_000),
        },
      ],
    },
  });

describe('a server that has much to say', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given: Given = {}): Promise<Ran> =>
    commandLine([...args, '--server', address], given);

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    server.answers.set('getStatus', busy);
    server.answers.set('checkHealth', unwell);
  });
  afterEach(() => server.stop());

  it('is shown in 80 columns, with what recovery would cost and what to do', async () => {
    const { stdout, stderr, exitCode } = await holdfast(['status']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect(stdout.replace(address, 'ADDRESS')).toBe(
      [
        'Holdfast 1.2.3 at ADDRESS: serving',
        '  up         3 h; the store was not stopped cleanly before, and has recovered',
        '  journal    sequence 5000 of history 00000000000000aa, oldest 100, 3 segments,',
        '             state checkpoint 4000, 10 not yet applied, 2 histories',
        '  holds      2 projects, 1200 tasks, 300 of them not ended, 1 session',
        '  open       4 watches, 5 waiting for a task or a lock, 1 operation',
        '  disk       80 GiB free; journal 180 MiB, state 20 MiB, blobs 512 bytes,',
        '             backups 60 MiB, archive 0 bytes',
        '  calls      12000, 30 refused, 2 failed, 7 slow; mean 1.2 ms, 99 of 100 within',
        '             8 ms',
        '  cache      1200 rows, 400 KiB; 92 % of reads found theirs',
        '  process    120 MiB, heap 40 MiB, processor 1.5 min, event loop 0.9 ms late',
        '  backups    24 good, 1 DAMAGED, newest b12 5 min ago; next in 54 min; the',
        '             mirror is 12 records behind',
        '  integrity  checked 10 min ago (standard): 2 PROBLEMS that are not put right;',
        '             scrub round 3 at row 700; 1 put right; 2 LOST',
        '  failed     ENOSPC: no space left',
        '',
        'Recovery now: 1000 records, 36 MiB of journal, since b12',
        '  STRATEGY  TAKES    RECORDS  HOW',
        '  HOT       1.3 s    1000     rests on backups/b12',
        '  COLD      not now           the journal begins at 100',
        '',
        'Health: UNHEALTHY',
        '  quarantine since 2 h ago: 2 rows are damaged and no source has them (threshold',
        '  0): reads of them give DATA_LOSS',
        '    See which with: holdfast recover report.',
        '',
      ].join('\n'),
    );
  });

  it('fits narrower and wider terminals', async () => {
    for (const columns of [60, 100, 132]) {
      const { stdout } = await holdfast(['status'], { columns });
      expect(
        Math.max(...stdout.split('\n').map((line) => line.replace(address, '127.0.0.1:7420').length)),
      ).toBeLessThanOrEqual(columns);
    }
  });

  it('is one line with --brief and canonical JSON with --json', async () => {
    const brief = await holdfast(['status', '--brief']);
    expect(brief.stdout).toBe('serving UNHEALTHY quarantine sequence 5000 tasks 1200 live 300\n');
    const json = await holdfast(['status', '--json']);
    const { status } = JSON.parse(json.stdout) as { status: { journal: unknown; state: string } };
    expect(status.state).toBe('SERVER_STATE_SERVING');
    expect(status.journal).toMatchObject({ applied: '4990' });
  });

  it('is shown again and again with --watch until Ctrl-C', async () => {
    const interrupt = new AbortController();
    let shown = 0;
    const onLine = (line: string): void => {
      if (line.startsWith('serving') && ++shown === 3) interrupt.abort();
    };
    const given = { interrupt: interrupt.signal, onLine };
    const { exitCode, stdout } = await holdfast(['status', '--watch', '--interval', '200ms', '--brief'], given);
    expect([exitCode, stdout.match(/serving/g)]).toEqual([0, ['serving', 'serving', 'serving']]);
  });
});

it('a fresh server is healthy', async () => {
  const { address } = await boot();
  const { stdout, exitCode } = await commandLine(['status', '--server', address]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('1 project, 0 tasks');
  expect(stdout).toMatch(/\nHealth: healthy\n$/);
});

it('without a server it says where to look', async () => {
  const { stderr, exitCode } = await commandLine(['status', '--server', '127.0.0.1:1', '--retry-for', '0s']);
  expect(exitCode).toBe(69);
  expect(stderr).toContain('holdfast doctor');
});
