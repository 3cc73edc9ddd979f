// The settings: names, forms, defaults and words. docs/configuration.md has them as a table.

import { z } from 'zod';
import { FORM } from './setting-forms';

/** The server's configuration, frozen. */
export interface Config {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly socket: string;
  readonly tcp: boolean;
  readonly allowRemote: boolean;
  readonly logLevel: LogLevel;
  /** Rows. */
  readonly cacheSize: number;
  readonly operationTimeoutMs: number;
  readonly watchStallTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly backupDir: string;
  readonly autoBackup: boolean;
  readonly backupIntervalMs: number;
  /** Days. */
  readonly backupRetention: number;
  readonly backupCount: number;
  /** Records. */
  readonly backupDebt: number;
  /** Bytes a second. */
  readonly backupRate: number;
  readonly backupVerifyIntervalMs: number;
  readonly mirrorDir: string;
  readonly recoveryTimeoutMs: number;
  readonly maxRecoveryAttempts: number;
  readonly validationLevel: ValidationLevel;
  readonly healthCheckIntervalMs: number;
  readonly performanceLogging: boolean;
  readonly auditTrail: boolean;
  /** Days; 0 for ever. */
  readonly auditRetention: number;
}

/** How thorough checks are: see IntegrityLevel. */
export type ValidationLevel = 'minimal' | 'standard' | 'comprehensive';
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** One setting. */
export interface Setting {
  /** Its name in the file. */
  readonly name: string;
  /** PERSISTENCE_ and this. */
  readonly env: string;
  readonly schema: z.ZodType;
  readonly fallback: string | number | boolean;
  /** Whether `serve` takes it as a flag. */
  readonly flag: boolean;
  readonly text: string;
}

const VALIDATION_LEVELS = ['minimal', 'standard', 'comprehensive'] as const;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** All settings, in the order in which they are shown. */
export const settings: Readonly<Record<keyof Config, Setting>> = {
  dir: {
    name: 'dir',
    env: 'DIR',
    schema: FORM.text,
    fallback: '.holdfast',
    flag: true,
    text: 'The data directory, relative to where the server starts. One server at a time.',
  },
  host: {
    name: 'host',
    env: 'HOST',
    schema: FORM.text,
    fallback: '127.0.0.1',
    flag: true,
    text: 'The address to listen on. Any but a loopback address needs `allowRemote`.',
  },
  port: {
    name: 'port',
    env: 'PORT',
    schema: FORM.whole(0, 65_535),
    fallback: 7420,
    flag: true,
    text: 'The port to listen on; 0 takes any free one.',
  },
  socket: {
    name: 'socket',
    env: 'SOCKET',
    schema: z.string(),
    fallback: '',
    flag: true,
    text: 'The path of a Unix socket to listen on too; only its owner may connect.',
  },
  tcp: {
    name: 'tcp',
    env: 'TCP',
    schema: FORM.flag,
    fallback: true,
    flag: false,
    text: 'Whether to listen on host and port; false needs a socket.',
  },
  allowRemote: {
    name: 'allowRemote',
    env: 'ALLOW_REMOTE',
    schema: FORM.flag,
    fallback: false,
    flag: true,
    text: 'Whether other machines may connect. Holdfast does not ask who is calling.',
  },
  logLevel: {
    name: 'logLevel',
    env: 'LOG_LEVEL',
    schema: z.preprocess(
      (value) => String(value).toLowerCase(),
      z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }),
    ),
    fallback: 'info',
    flag: true,
    text: `How much to log: ${LEVELS.join(', ')}. \`PERSISTENCE_DEBUG=true\` means debug where no level is set.`,
  },
  cacheSize: {
    name: 'cacheSize',
    env: 'CACHE_SIZE',
    schema: FORM.whole(0, 10_000_000),
    fallback: 50_000,
    flag: false,
    text: 'Rows to keep in memory; never more than 24 MB.',
  },
  operationTimeoutMs: {
    name: 'operationTimeout',
    env: 'OPERATION_TIMEOUT',
    schema: FORM.duration(100, 3_600_000),
    fallback: 30_000,
    flag: false,
    text: 'How long a unary call may take. ReadEvents may wait longer.',
  },
  watchStallTimeoutMs: {
    name: 'watchStallTimeout',
    env: 'WATCH_STALL_TIMEOUT',
    schema: FORM.duration(100, 3_600_000),
    fallback: 30_000,
    flag: false,
    text: 'How long the reader of a watch may read nothing before it ends with SLOW_CONSUMER.',
  },
  drainTimeoutMs: {
    name: 'drainTimeout',
    env: 'DRAIN_TIMEOUT',
    schema: FORM.duration(0, 3_600_000),
    fallback: 10_000,
    flag: false,
    text: 'How long a stopping server waits for open calls.',
  },
  backupDir: {
    name: 'backupDir',
    env: 'BACKUP_DIR',
    schema: z.string(),
    fallback: '',
    flag: true,
    text: 'Where backups are kept; `backups` in the data directory if empty. Another disk survives the loss of the first.',
  },
  autoBackup: {
    name: 'autoBackup',
    env: 'AUTO_BACKUP',
    schema: FORM.flag,
    fallback: true,
    flag: false,
    text: 'Whether backups are made by themselves.',
  },
  backupIntervalMs: {
    name: 'backupInterval',
    env: 'BACKUP_INTERVAL',
    schema: FORM.duration(1000, 31 * 86_400_000),
    fallback: 3_600_000,
    flag: false,
    text: 'How long after the last backup the next automatic one is made, if anything has changed.',
  },
  backupRetention: {
    name: 'backupRetention',
    env: 'BACKUP_RETENTION',
    schema: FORM.whole(1, 36_500),
    fallback: 30,
    flag: false,
    text: 'For how many days automatic backups are kept. The last good one and the base of a trimmed journal always are.',
  },
  backupCount: {
    name: 'backupCount',
    env: 'BACKUP_COUNT',
    schema: FORM.whole(1, 100_000),
    fallback: 24,
    flag: false,
    text: 'How many automatic backups are kept at most.',
  },
  backupDebt: {
    name: 'backupDebt',
    env: 'BACKUP_DEBT',
    schema: FORM.whole(1000, 1_000_000_000),
    fallback: 500_000,
    flag: false,
    text: 'Records since the newest backup that make an automatic one due before its time.',
  },
  backupRate: {
    name: 'backupRate',
    env: 'BACKUP_RATE',
    schema: FORM.whole(1_000_000, 100_000_000_000),
    fallback: 64_000_000,
    flag: false,
    text: 'How many bytes a second a backup copies at most while the server serves.',
  },
  backupVerifyIntervalMs: {
    name: 'backupVerifyInterval',
    env: 'BACKUP_VERIFY_INTERVAL',
    schema: FORM.duration(60_000, 3660 * 86_400_000),
    fallback: 7 * 86_400_000,
    flag: false,
    text: 'How long after it was last verified each backup is read whole again, at a quarter of `backupRate`.',
  },
  mirrorDir: {
    name: 'mirrorDir',
    env: 'MIRROR_DIR',
    schema: z.string(),
    fallback: '',
    flag: false,
    text: 'Where journal segments, their tail, blobs and backups are copied to as they come; nowhere if empty.',
  },
  recoveryTimeoutMs: {
    name: 'recoveryTimeout',
    env: 'RECOVERY_TIMEOUT',
    schema: FORM.duration(1000, 86_400_000),
    fallback: 30_000,
    flag: false,
    text: 'How long one attempt of HOT or WARM recovery may take before the next strategy is tried. COLD, the last one, is never cut off.',
  },
  maxRecoveryAttempts: {
    name: 'maxRecoveryAttempts',
    env: 'MAX_RECOVERY_ATTEMPTS',
    schema: FORM.whole(1, 100),
    fallback: 3,
    flag: false,
    text: 'How many backups HOT recovery tries, newest first, before COLD.',
  },
  validationLevel: {
    name: 'validationLevel',
    env: 'VALIDATION_LEVEL',
    schema: z.preprocess(
      (value) => String(value).toLowerCase(),
      z.enum(VALIDATION_LEVELS, { error: `must be one of ${VALIDATION_LEVELS.join(', ')}` }),
    ),
    fallback: 'standard',
    flag: false,
    text: 'How thorough checks are that do not say it, and the check after a recovery: minimal, standard, comprehensive.',
  },
  healthCheckIntervalMs: {
    name: 'healthCheckInterval',
    env: 'HEALTH_CHECK_INTERVAL',
    schema: FORM.duration(1000, 3_600_000),
    fallback: 60_000,
    flag: false,
    text: 'How often the server looks at its own health.',
  },
  performanceLogging: {
    name: 'performanceLogging',
    env: 'PERFORMANCE_LOGGING',
    schema: FORM.flag,
    fallback: false,
    flag: false,
    text: 'Whether calls that take longer than 100 ms are logged, with their method and time.',
  },
  auditTrail: {
    name: 'auditTrail',
    env: 'AUDIT_TRAIL',
    schema: FORM.flag,
    fallback: true,
    flag: false,
    text: 'Whether the journal is kept as an audit trail. If not, it is trimmed as soon as a verified backup covers it and it is a day old, and names no origins: recovery loses nothing.',
  },
  auditRetention: {
    name: 'auditRetention',
    env: 'AUDIT_RETENTION',
    schema: FORM.whole(0, 36_500),
    fallback: 0,
    flag: false,
    text: 'For how many days the journal is kept; 0 for ever. Older segments go once a verified backup covers them.',
  },
};

/** Reads a word such as `true`, `1` or `no`. */
export const flagForm = FORM.flag;
