/** Where services write what an operator should see: one JSON line each. `telemetry/log` has the real one. */
export interface Log {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Writes nothing. */
export const silentLog: Log = { error: () => undefined, warn: () => undefined, info: () => undefined };
