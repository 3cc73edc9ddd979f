// What `holdfast serve` does: configuration, engine, server, and how they stop. main.ts hands in the environment.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ServeFlags } from '../cli/context';
import { exitCode } from '../cli/exit-code';
import { Failure } from '../cli/failure';
import { ConfigError, configPathOf, describeConfig, resolveConfig, shownSettings } from '../config';
import type { ResolvedConfig } from '../config';
import type { Config } from '../config/settings';
import { systemClock } from '../engine/clock';
import type { Notice } from '../engine/notice';
import { silentObserver } from '../engine/observer';
import type { StoreSettings } from '../engine/store-settings';
import { IntegrityLevel } from '../gen/holdfast/v1/system';
import { mustBeAllowed } from '../services/listener';
import type { Endpoint } from '../services/listener';
import type { Log } from '../services/log';
import { backupsDir } from '../storage/layout';
import { nodeFiles } from '../storage/node-files';
import { createLog } from '../telemetry/log';
import { asksForTracing, startTracing } from '../telemetry/tracing';
import type { Tracing } from '../telemetry/tracing';
import { Host } from './host';
import type { Served } from './host';
import { startFailure } from './start-failure';
import type { StorePlaces } from './start-failure';

/** How long the last traces may take to leave, in milliseconds. */
const TRACES_MS = 3000;

type Env = Readonly<Record<string, string | undefined>>;

/** Runs the server until a signal or a storage fault stops it, then ends the process. Throws Failure when it cannot start. */
export async function serve(flags: ServeFlags, env: Env, version: string): Promise<void> {
  const startedMs = performance.now();
  const resolved = readConfig(flags, env);
  if (flags['printConfig']) {
    process.stdout.write(describeConfig(resolved));
    return;
  }
  const { config, warnings } = resolved;
  const rebuild = rebuildAsked(flags);
  const log = createLog(config.logLevel);
  for (const warning of warnings) log.warn({}, warning);
  try {
    mustBeAllowed(endpointsOf(config), config.allowRemote);
  } catch (fault) {
    throw startFailure(fault, placesOf(config));
  }
  const tracing = asksForTracing(env) ? await startTracing(version) : undefined;
  const host = await startHost(resolved, log, tracing, version, rebuild);
  announce({ config, served: host.served, log, version, tookMs: performance.now() - startedMs });
  stopOnSignals(host);
  const end = await host.ended;
  if (tracing) await Promise.race([tracing.stop(), new Promise((resolve) => setTimeout(resolve, TRACES_MS))]);
  if (end.how === 'failed') throw startFailure(end.fault, placesOf(config));
  const { durable } = host.served.engine.status;
  log.info({ sequence: durable }, 'stopped');
  // Whatever still holds the event loop, a stopped server ends; a halted one tells its supervisor so.
  process.exit(end.how === 'halted' ? exitCode.internal : exitCode.ok);
}

function readConfig(flags: ServeFlags, env: Env): ResolvedConfig {
  const path = configPathOf({ env, flags });
  try {
    const file = path === undefined ? undefined : { path, text: readFileSync(path, 'utf8') };
    return resolveConfig({ env, flags, file });
  } catch (fault) {
    if (fault instanceof ConfigError) throw new Failure(exitCode.usage, fault.message);
    throw new Failure(exitCode.usage, `${path}: cannot be read: ${(fault as Error).message}`);
  }
}

/** Why the state is not to be believed: `--recover emergency` says so. */
function rebuildAsked({ recover }: ServeFlags): string | undefined {
  if (recover === undefined) return undefined;
  if (recover === 'emergency') return 'asked for by --recover emergency';
  throw new Failure(exitCode.usage, '--recover takes emergency; `holdfast recover --dir` has the other strategies');
}

async function startHost(
  resolved: ResolvedConfig,
  log: Log,
  tracing: Tracing | undefined,
  version: string,
  rebuild: string | undefined,
): Promise<Host> {
  const { config } = resolved;
  const { operationTimeoutMs, watchStallTimeoutMs: stallTimeoutMs, allowRemote, drainTimeoutMs } = config;
  try {
    return await Host.start({
      engine: {
        dir: resolve(config.dir),
        files: nodeFiles,
        clock: systemClock,
        observer: tracing?.observer ?? silentObserver,
        version,
        cacheEntries: config.cacheSize,
        settings: storeSettings(config),
        rebuild,
        onNotice: ({ level, message }: Notice) => log[level]({}, message),
      },
      server: {
        ...{ log, tracer: tracing?.tracer, allowRemote, operationTimeoutMs, stallTimeoutMs, drainTimeoutMs },
        config: shownSettings(resolved),
        logSlowCalls: config.performanceLogging,
      },
      endpoints: endpointsOf(config),
      drainTimeoutMs,
    });
  } catch (fault) {
    throw startFailure(fault, placesOf(config));
  }
}

const LEVEL = {
  minimal: IntegrityLevel.MINIMAL,
  standard: IntegrityLevel.STANDARD,
  comprehensive: IntegrityLevel.COMPREHENSIVE,
};

function storeSettings(config: Config): StoreSettings {
  return {
    backups: {
      dir: config.backupDir === '' ? backupsDir(resolve(config.dir)) : resolve(config.backupDir),
      auto: config.autoBackup,
      intervalMs: config.backupIntervalMs,
      retentionDays: config.backupRetention,
      retentionCount: config.backupCount,
      debtRecords: config.backupDebt,
      bytesPerSecond: config.backupRate,
      verifyIntervalMs: config.backupVerifyIntervalMs,
    },
    mirrorDir: config.mirrorDir === '' ? undefined : resolve(config.mirrorDir),
    recovery: { timeoutMs: config.recoveryTimeoutMs, attemptsMax: config.maxRecoveryAttempts },
    validationLevel: LEVEL[config.validationLevel],
    healthCheckIntervalMs: config.healthCheckIntervalMs,
    auditTrail: config.auditTrail,
    auditRetentionDays: config.auditRetention,
  };
}

function endpointsOf({ tcp, host, port, socket }: Config): readonly Endpoint[] {
  return [...(tcp ? [{ host, port }] : []), ...(socket ? [{ path: resolve(socket) }] : [])];
}

function placesOf(config: Config): StorePlaces {
  const { backups, mirrorDir } = storeSettings(config);
  return { dir: resolve(config.dir), backupsDir: backups.dir, mirrorDir };
}

interface Announced {
  readonly config: Config;
  readonly served: Served;
  readonly log: Log;
  readonly version: string;
  readonly tookMs: number;
}

/** Says where the server is and what it found: to a person in lines, else in one line of the log. */
function announce({ config, served, log, version, tookMs }: Announced): void {
  const { engine, server } = served;
  const {
    found: { journal },
    emergency,
  } = engine.status;
  const facts = {
    version,
    addresses: server.addresses,
    dir: resolve(config.dir),
    history: engine.history,
    sequence: engine.status.durable,
    found: journal.how,
    ...(journal.tornTail ? { tornTail: journal.tornTail } : {}),
    ...(emergency ? { emergency: emergency.reason } : {}),
    tookMs: Math.round(tookMs),
  };
  if (!process.stdout.isTTY) {
    log.info(facts, 'serving');
    return;
  }
  const found = {
    created: 'created',
    clean: 'stopped cleanly',
    unclean: 'not stopped cleanly; the journal was checked and copied forward',
  };
  const torn = journal.tornTail;
  const lines = [
    `Holdfast ${version} is serving.`,
    `  address   ${facts.addresses.join(', ')}`,
    `  data      ${facts.dir}`,
    `  history   ${facts.history}, sequence ${facts.sequence}`,
    `  store     ${found[journal.how]}`,
    ...(torn ? [`            a half-written group of ${torn.bytes} bytes was cut off and kept as ${torn.keptAs}`] : []),
    ...(emergency ? [`  reads     possibly stale, and no changes: ${emergency.reason}`] : []),
    `  started   in ${(tookMs / 1000).toFixed(2)} s`,
    'Stop it with Ctrl-C.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first SIGTERM or SIGINT stops the host, whatever it does; a second signal ends the process at once. */
function stopOnSignals(host: Host): void {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(exitCode.refused);
    asked = true;
    host.stop(signal);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
