import { createLog } from '../../src/telemetry/log';

it('writes one JSON object a line, from its level up', () => {
  const lines: string[] = [];
  const log = createLog('warn', { write: (line) => void lines.push(line) });
  log.info({}, 'quiet');
  log.error({ err: new Error('broken'), trace_id: 'abc' }, 'a call failed');
  expect(lines).toHaveLength(1);
  expect(lines[0]!.endsWith('\n')).toBe(true);
  const line = JSON.parse(lines[0]!) as Record<string, unknown>;
  expect(line).toMatchObject({ level: 'error', msg: 'a call failed', trace_id: 'abc', err: { message: 'broken' } });
  expect(Date.parse(line['time'] as string)).not.toBeNaN();
});
