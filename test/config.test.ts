import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConfigError,
  configPathOf,
  configurationTable,
  describeConfig,
  resolveConfig,
  shownSettings,
} from '../src/config';
import type { ConfigSources } from '../src/config';

function resolve(given: Partial<ConfigSources> & { json?: object } = {}): ReturnType<typeof resolveConfig> {
  const { json, ...sources } = given;
  const file = json && { path: 'holdfast.json', text: JSON.stringify(json) };
  return resolveConfig({ env: {}, flags: {}, file, ...sources });
}

function problems(given: Parameters<typeof resolve>[0]): readonly string[] {
  try {
    resolve(given);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.problems;
    throw fault;
  }
  return [];
}

it('has defaults for a server of this machine', () => {
  const { config, sources, warnings } = resolve();
  expect(config).toEqual({
    dir: '.holdfast',
    host: '127.0.0.1',
    port: 7420,
    socket: '',
    tcp: true,
    allowRemote: false,
    logLevel: 'info',
    cacheSize: 50_000,
    operationTimeoutMs: 30_000,
    watchStallTimeoutMs: 30_000,
    drainTimeoutMs: 10_000,
    backupDir: '',
    autoBackup: true,
    backupIntervalMs: 3_600_000,
    backupRetention: 30,
    backupCount: 24,
    backupDebt: 500_000,
    backupRate: 64_000_000,
    backupVerifyIntervalMs: 604_800_000,
    mirrorDir: '',
    recoveryTimeoutMs: 30_000,
    maxRecoveryAttempts: 3,
    validationLevel: 'standard',
    healthCheckIntervalMs: 60_000,
    performanceLogging: false,
    auditTrail: true,
    auditRetention: 0,
  });
  expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
  expect(warnings).toEqual([]);
  expect(Object.isFrozen(config)).toBe(true);
});

it('takes a flag before a variable, a variable before the file, the file before the default', () => {
  const json = { port: 1 };
  const env = { PERSISTENCE_PORT: '2' };
  const flags = { port: '3' };
  expect(resolve({ json, env, flags })).toMatchObject({ config: { port: 3 }, sources: { port: '--port' } });
  expect(resolve({ json, env })).toMatchObject({ config: { port: 2 }, sources: { port: 'PERSISTENCE_PORT' } });
  expect(resolve({ json })).toMatchObject({ config: { port: 1 }, sources: { port: 'holdfast.json' } });
});

it('treats an empty variable as unset', () => {
  expect(resolve({ env: { PERSISTENCE_PORT: '', PERSISTENCE_DIR: '' } }).config).toMatchObject({
    port: 7420,
    dir: '.holdfast',
  });
});

it('reads each form', () => {
  const env = {
    PERSISTENCE_ALLOW_REMOTE: 'TRUE',
    PERSISTENCE_CACHE_SIZE: '100',
    PERSISTENCE_OPERATION_TIMEOUT: '30000',
    PERSISTENCE_WATCH_STALL_TIMEOUT: '2m',
    PERSISTENCE_DRAIN_TIMEOUT: '500ms',
    PERSISTENCE_LOG_LEVEL: 'WARN',
  };
  expect(resolve({ env }).config).toMatchObject({
    allowRemote: true,
    cacheSize: 100,
    operationTimeoutMs: 30_000,
    watchStallTimeoutMs: 120_000,
    drainTimeoutMs: 500,
    logLevel: 'warn',
  });
  expect(resolve({ json: { allowRemote: true, operationTimeout: '5s' } }).config).toMatchObject({
    allowRemote: true,
    operationTimeoutMs: 5000,
  });
});

it('takes PERSISTENCE_DEBUG as a level where none is given', () => {
  expect(resolve({ env: { PERSISTENCE_DEBUG: 'true' } })).toMatchObject({
    config: { logLevel: 'debug' },
    sources: { logLevel: 'PERSISTENCE_DEBUG' },
  });
  expect(resolve({ env: { PERSISTENCE_DEBUG: 'false' } }).config.logLevel).toBe('info');
  expect(resolve({ env: { PERSISTENCE_DEBUG: '1', PERSISTENCE_LOG_LEVEL: 'error' } }).config.logLevel).toBe('error');
});

it('names the source of each problem, and all of them at once', () => {
  const found = problems({
    flags: { port: 'x' },
    env: { PERSISTENCE_LOG_LEVEL: 'loud', PERSISTENCE_ALLOW_REMOTE: 'perhaps' },
    json: { cacheSize: -1, operationTimeout: 'soon' },
  });
  expect(found).toHaveLength(5);
  expect(found.join('\n')).toMatch(/^--port: must be a whole number/m);
  expect(found.join('\n')).toMatch(/^PERSISTENCE_LOG_LEVEL: must be one of/m);
  expect(found.join('\n')).toMatch(/^PERSISTENCE_ALLOW_REMOTE: must be true or false/m);
  expect(found.join('\n')).toMatch(/^holdfast\.json: cacheSize: must be a whole number/m);
  expect(found.join('\n')).toMatch(/^holdfast\.json: operationTimeout: must be a duration/m);
});

it('refuses what it does not know, and names the nearest that it does', () => {
  expect(problems({ env: { PERSISTENCE_PROT: '1' } })).toEqual([
    'PERSISTENCE_PROT: unknown variable; did you mean PERSISTENCE_PORT?',
  ]);
  expect(problems({ json: { cachesize: 1 } })).toEqual([
    'holdfast.json: unknown key "cachesize"; did you mean cacheSize?',
  ]);
  expect(problems({ json: { zebra_crossing: 1 } })).toEqual(['holdfast.json: unknown key "zebra_crossing"']);
  expect(problems({ flags: { prot: '1' } })).toEqual(['--prot: unknown flag; did you mean port?']);
});

it('accepts variables that have no effect yet, and says so', () => {
  expect(resolve({ env: { PERSISTENCE_TEST_MODE: '1', PERSISTENCE_MAX_RETRIES: '3' } }).warnings).toEqual([
    'PERSISTENCE_MAX_RETRIES has no effect in this release',
    'PERSISTENCE_TEST_MODE has no effect in this release',
  ]);
});

it('refuses a file that is no JSON object, and a server that listens nowhere', () => {
  const file = (text: string): readonly string[] => problems({ file: { path: 'holdfast.json', text } });
  expect(file('{')[0]).toMatch(/^holdfast\.json: is not JSON/);
  expect(file('[]')).toEqual(['holdfast.json: must hold one JSON object']);
  expect(problems({ env: { PERSISTENCE_TCP: 'false' } })).toEqual([
    'PERSISTENCE_TCP: without TCP there must be a socket',
  ]);
});

it('finds the file by flag, then by variable', () => {
  const env = { PERSISTENCE_CONFIG: 'a.json' };
  expect(configPathOf({ env, flags: { config: 'b.json' } })).toBe('b.json');
  expect(configPathOf({ env, flags: {} })).toBe('a.json');
  expect(configPathOf({ env: {}, flags: {} })).toBeUndefined();
});

it('prints each setting with its source', () => {
  expect(describeConfig(resolve({ flags: { port: '0' } }))).toMatch(/^port = 0 {2}\(--port\)$/m);
});

it('is documented: the table of docs/configuration.md is this one', () => {
  const page = readFileSync(join(__dirname, '..', 'docs', 'configuration.md'), 'utf8');
  const cells = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells(page)).toEqual(cells(configurationTable()));
});

it('shows each setting with what kind of place its value came from', () => {
  const shown = shownSettings(
    resolve({ env: { PERSISTENCE_CACHE_SIZE: '7' }, flags: { port: '0' }, json: { backupCount: 3 } }),
  );
  const of = (name: string): unknown[] =>
    shown.filter((one) => one.name === name).map((one) => [one.value, one.source]);
  expect([of('cacheSize'), of('port'), of('backupCount'), of('host')]).toEqual([
    [['7', 'environment']],
    [['0', 'flag']],
    [['3', 'file']],
    [['127.0.0.1', 'default']],
  ]);
  expect(shown.map(({ name }) => name)).toEqual(
    [...configurationTable().matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name),
  );
});
