import { pino } from 'pino';
import type { LogLevel } from '../config/settings';
import type { Log } from '../services/log';

/** Where log lines go. */
interface LineSink {
  write(line: string): void;
}

/** A log of one JSON object a line: `level` in words, `time` in ISO form, `msg`. Lines are whole when a call returns. */
export function createLog(level: LogLevel, sink: LineSink = pino.destination({ fd: 2, sync: true })): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
}
