// How soon a store whose state is gone answers reads: from the capsule, and whole.

import { rmSync } from 'node:fs';
import { systemClock } from '../../src/engine/clock';
import { silentObserver } from '../../src/engine/observer';
import { Host } from '../../src/main/host';
import type { HostOptions, Served } from '../../src/main/host';
import { silentLog } from '../../src/services/log';
import { capsuleFile, stateDir } from '../../src/storage/layout';
import { nodeFiles } from '../../src/storage/node-files';
import { statSync } from 'node:fs';

export interface EmergencyFigures {
  /** From the call to the first answers out of the capsule, in milliseconds. */
  readonly servesMs: number;
  /** From the call until the whole store is served, in milliseconds. */
  readonly wholeMs: number;
  readonly capsuleRows: number;
  readonly capsuleBytes: number;
}

/** Starts a store without its state, whose capsule is there, and stops it when it is whole again. */
export async function measureEmergency(dir: string): Promise<EmergencyFigures> {
  rmSync(stateDir(dir), { recursive: true, force: true });
  const capsuleBytes = statSync(capsuleFile(dir)).size;
  const start = performance.now();
  const times: number[] = [];
  let whole: (served: Served) => void;
  const isWhole = new Promise<Served>((resolve) => (whole = resolve));
  const host = await Host.start(
    hostOptions(dir, (served) => {
      times.push(performance.now() - start);
      if (!served.engine.status.emergency) whole(served);
    }),
  );
  const capsuleRows = host.served.engine.status.emergency?.capsule.rows ?? 0;
  await isWhole;
  host.stop('measured');
  await host.ended;
  const [servesMs, wholeMs] = times;
  if (servesMs === undefined || wholeMs === undefined) throw new Error('the capsule was not served');
  return { servesMs, wholeMs, capsuleRows, capsuleBytes };
}

/** Brings a store up and stops it, so that it has a state and a capsule. */
export async function bringUpOnce(dir: string): Promise<void> {
  const host = await Host.start(hostOptions(dir, () => undefined));
  host.stop('made');
  await host.ended;
}

function hostOptions(dir: string, onServing: (served: Served) => void): HostOptions {
  return {
    engine: {
      ...{ dir, files: nodeFiles, clock: systemClock, observer: silentObserver, version: 'bench' },
      rebuild: 'the bench removed it',
    },
    server: { log: silentLog, allowRemote: false },
    endpoints: [{ host: '127.0.0.1', port: 0 }],
    drainTimeoutMs: 1000,
    onServing,
  };
}
