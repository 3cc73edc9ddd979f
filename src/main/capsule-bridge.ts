/**
 * What is served while a start takes long: the capsule.
 *
 * B1. Whether there is something to serve never decides whether the store starts: a capsule that is missing, damaged or of another history is told,
 *     and the start goes on without it. Only an address that is taken ends it at once.
 * B2. The capsule is served no more when the start has ended, well or not.
 */
import { Refusal } from '../domain/refusal';
import type { RebuildAhead } from '../engine/bring-up';
import { capsuleEngine } from '../engine/emergency/capsule-engine';
import { Emergency } from '../engine/emergency/emergency';
import { Engine } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';
import type { Log } from '../services/log';
import { readCapsule } from '../storage/capsule';
import type { Capsule } from '../storage/capsule';
import { close } from './served';
import type { Served } from './served';

/** A start that takes longer is bridged, in milliseconds: to open a capsule takes a second or two itself. */
const LONG_MS = 3000;
/** How long reads of the capsule may take when the whole store is there, in milliseconds. */
const DRAIN_MS = 2000;
/** When callers of the capsule come back then, in milliseconds. */
const RETRY_AFTER_MS = 100;

export class CapsuleBridge {
  private emergency: Emergency | undefined;

  constructor(
    private readonly log: Log,
    /** Serves an engine. Throws CannotListen. */
    private readonly serve: (engine: Engine) => Promise<Served>,
  ) {}

  /** Starts an engine, as Engine.start does, and serves the capsule of its directory meanwhile if that takes long. */
  async over(options: EngineOptions): Promise<Engine> {
    let served: Served | undefined;
    try {
      return await Engine.start({
        ...options,
        beforeRebuild: async (ahead) => {
          served = await this.begin(options, ahead);
          await options.beforeRebuild?.(ahead);
          options.signal?.throwIfAborted();
        },
        onNotice: (notice) => {
          if (this.emergency) this.emergency.progress = notice.message;
          options.onNotice?.(notice);
        },
      });
    } finally {
      this.emergency = undefined;
      if (served) await close(served, DRAIN_MS, takingOver());
    }
  }

  private async begin(options: EngineOptions, ahead: RebuildAhead): Promise<Served | undefined> {
    if (options.rebuild === undefined && ahead.estimatedMs < LONG_MS) return undefined;
    let engine: Engine;
    try {
      const capsule = await usableCapsule(options, ahead);
      const emergency = new Emergency(ahead, capsule.facts, options.clock.wallMs());
      engine = await capsuleEngine(options, capsule, emergency);
      this.emergency = emergency;
    } catch (fault) {
      const why = (fault as Error).message;
      this.log.warn({ why }, 'nothing is served until the state is built anew');
      return undefined;
    }
    try {
      const served = await this.serve(engine);
      const { sequence, rows } = this.emergency.capsule;
      this.log.warn({ sequence, rows, because: ahead.because }, 'serving reads from the capsule');
      return served;
    } catch (fault) {
      await engine.stop();
      throw fault;
    }
  }
}

async function usableCapsule({ files, dir }: EngineOptions, { history, sequence }: RebuildAhead): Promise<Capsule> {
  const capsule = await readCapsule(files, dir);
  if (!capsule) throw new Error('there is no capsule');
  const { facts } = capsule;
  if (facts.history !== history) throw new Error(`the capsule is of history ${facts.history}, not of ${history}`);
  if (facts.sequence > sequence) throw new Error(`the capsule stands at ${facts.sequence}, the journal at ${sequence}`);
  return capsule;
}

function takingOver(): Refusal {
  const message = 'the store is whole again and takes over; come back to the same address';
  return new Refusal('RECOVERING', message, { retryAfterMs: RETRY_AFTER_MS });
}
