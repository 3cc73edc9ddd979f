import type { Refusal } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import type { Maintenance } from '../engine/maintenance';
import type { HoldfastServer } from '../services/server';

/** One set: an engine and what works on top of it. */
export interface Served {
  readonly engine: Engine;
  readonly maintenance: Maintenance;
  readonly server: HoldfastServer;
}

/** Ends a set: what was accepted is finished and flushed. Open calls get `boundMs`; what comes meanwhile is refused with `why`. */
export async function close({ engine, maintenance, server }: Served, boundMs: number, why?: Refusal): Promise<void> {
  const isKept = !engine.status.emergency;
  engine.drain(why);
  await server.drain(boundMs, why);
  try {
    if (isKept) await maintenance.stop();
  } finally {
    // Whatever a keeper's end meets, the directory is let go.
    await engine.stop();
  }
}
