// The configuration: flag before environment before file before default. Pure: main.ts hands in what the process knows.

import { flagForm, settings } from './config/settings';
import type { Config } from './config/settings';

/** What the configuration is made of. */
export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In camel case, as the command line parsed them; those not given are absent. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The file that `--config` or PERSISTENCE_CONFIG names. */
  readonly file?: { readonly path: string; readonly text: string } | undefined;
}

export interface ResolvedConfig {
  readonly config: Config;
  /** Where each value comes from: `--port`, `PERSISTENCE_PORT`, `holdfast.json` or `default`. */
  readonly sources: Readonly<Record<keyof Config, string>>;
  /** What an operator should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** A configuration that the server does not start with. Each problem names its source. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Variables that other programs of this family know; they are accepted, and do nothing in this release. */
const UNUSED = ['MAX_RETRIES', 'TEST_MODE'];
const PREFIX = 'PERSISTENCE_';
/** Flags of `serve` that are no settings. */
const OTHER_FLAGS = ['config', 'printConfig', 'recover'];

const keys = Object.keys(settings) as (keyof Config)[];

/** The path of the configuration file, or undefined for none. */
export function configPathOf({ env, flags }: Pick<ConfigSources, 'env' | 'flags'>): string | undefined {
  const flag = flags['config'];
  return (typeof flag === 'string' && flag) || env[`${PREFIX}CONFIG`] || undefined;
}

/** The configuration of these sources. Throws ConfigError with all problems. */
export function resolveConfig(given: ConfigSources): ResolvedConfig {
  const problems: string[] = [];
  const file = readFile(given.file, problems);
  checkNames(given, file, problems);
  const values: Partial<Record<keyof Config, unknown>> = {};
  const sources: Partial<Record<keyof Config, string>> = {};
  for (const key of keys) {
    const [value, source] = find(key, given, file);
    sources[key] = source;
    const parsed = settings[key].schema.safeParse(value);
    if (parsed.success) values[key] = parsed.data;
    else
      problems.push(
        `${source}${source === given.file?.path ? `: ${settings[key].name}` : ''}: ${parsed.error.issues[0]?.message}`,
      );
  }
  if (values.tcp === false && values.socket === '') problems.push(`${sources.tcp}: without TCP there must be a socket`);
  if (problems.length > 0) throw new ConfigError(problems);
  const warnings = UNUSED.filter((name) => given.env[PREFIX + name] !== undefined).map(
    (name) => `${PREFIX}${name} has no effect in this release`,
  );
  return {
    config: Object.freeze(values as unknown as Config),
    sources: sources as ResolvedConfig['sources'],
    warnings,
  };
}

/** A setting's value and where it comes from. An empty variable counts as unset, as shells and service files leave them. */
function find(
  key: keyof Config,
  { env, flags, file: source }: ConfigSources,
  file: Record<string, unknown>,
): [unknown, string] {
  const { name, env: suffix, fallback } = settings[key];
  if (flags[name] !== undefined) return [flags[name], `--${kebab(name)}`];
  if (env[PREFIX + suffix]) return [env[PREFIX + suffix], PREFIX + suffix];
  if (key === 'logLevel' && env[`${PREFIX}DEBUG`] && flagForm.safeParse(env[`${PREFIX}DEBUG`]).data) {
    return ['debug', `${PREFIX}DEBUG`];
  }
  if (file[name] !== undefined) return [file[name], source?.path ?? 'file'];
  return [fallback, 'default'];
}

function readFile(file: ConfigSources['file'], problems: string[]): Record<string, unknown> {
  if (!file) return {};
  try {
    const parsed: unknown = JSON.parse(file.text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
    problems.push(`${file.path}: must hold one JSON object`);
  } catch (fault) {
    problems.push(`${file.path}: is not JSON: ${(fault as SyntaxError).message}`);
  }
  return {};
}

function checkNames(
  { env, flags, file: source }: ConfigSources,
  file: Record<string, unknown>,
  problems: string[],
): void {
  const names = keys.map((key) => settings[key].name);
  const variables = [...keys.map((key) => settings[key].env), ...UNUSED, 'CONFIG', 'DEBUG'].map(
    (name) => PREFIX + name,
  );
  for (const name of Object.keys(file)) {
    if (!names.includes(name)) problems.push(`${source?.path}: unknown key "${name}"${nearest(name, names)}`);
  }
  for (const name of Object.keys(env)) {
    const unknown = name.startsWith(PREFIX) && !variables.includes(name);
    if (unknown) problems.push(`${name}: unknown variable${nearest(name, variables)}`);
  }
  for (const name of Object.keys(flags)) {
    const unknown = flags[name] !== undefined && !names.includes(name) && !OTHER_FLAGS.includes(name);
    if (unknown) problems.push(`--${kebab(name)}: unknown flag${nearest(name, names)}`);
  }
}

function nearest(name: string, known: readonly string[]): string {
  const [best] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
  return best !== undefined && distance(name, best) <= 3 + name.length / 4 ? `; did you mean ${best}?` : '';
}

/** How many letters to change, add or take away. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1]!.toLowerCase() === b[j - 1]!.toLowerCase() ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[b.length]!;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A setting with where its value came from, as GetConfig shows it. None of them is a secret. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string;
  readonly source: 'default' | 'file' | 'environment' | 'flag';
  readonly text: string;
}

/** All settings, in the order of the documentation. */
export function shownSettings({ config, sources }: ResolvedConfig): readonly ShownSetting[] {
  return keys.map((key) => {
    const { name, text } = settings[key];
    return { name, value: String(config[key]), source: sourceKind(sources[key]), text };
  });
}

function sourceKind(source: string): ShownSetting['source'] {
  if (source === 'default') return 'default';
  if (source.startsWith('--')) return 'flag';
  return source.startsWith(PREFIX) ? 'environment' : 'file';
}

/** What `--print-config` prints: a setting a line, with where its value comes from. */
export function describeConfig({ config, sources }: ResolvedConfig): string {
  return keys.map((key) => `${settings[key].name} = ${JSON.stringify(config[key])}  (${sources[key]})\n`).join('');
}

/** The rows of the table in docs/configuration.md. */
export function configurationTable(): string {
  const shown = (value: unknown): string => (value === '' ? 'none' : `\`${String(value)}\``);
  const rows = keys.map((key) => {
    const { name, env, flag, fallback, text } = settings[key];
    return `| \`${name}\` | \`${PREFIX}${env}\` | ${flag ? `\`--${kebab(name)}\`` : ''} | ${shown(fallback)} | ${text} |`;
  });
  return ['| Key in the file | Variable | Flag | Default | Meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}
