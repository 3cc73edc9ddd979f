import { status as Code } from '@grpc/grpc-js';
import type { ServerMethodDefinition } from '@grpc/grpc-js';
import { CallFigures, SLOW_CALL_MS } from '../../src/engine/health/call-figures';
import { CallCount } from '../../src/services/call-count';

const method = (path: string, streams = {}): ServerMethodDefinition<unknown, unknown> => ({
  path,
  requestStream: false,
  responseStream: false,
  requestDeserialize: () => undefined,
  responseSerialize: () => Buffer.alloc(0),
  ...streams,
});

/** A count whose slow calls are kept by name. */
function count() {
  const [figures, slow] = [new CallFigures(), [] as string[]];
  const counter = new CallCount(figures, new Set(['/waits']), (path, tookMs) => {
    expect(tookMs).toBeGreaterThan(SLOW_CALL_MS);
    slow.push(path);
  });
  const end = (path: string, code: Code, tookMs: number, streams = {}): void =>
    counter.ended(method(path, streams), code, performance.now() - tookMs);
  return { figures, slow, end };
}

test('a call is OK, refused, or ends with a fault of the server', () => {
  const { figures, end } = count();
  const codes = [
    Code.OK,
    Code.INTERNAL,
    Code.DATA_LOSS,
    Code.UNAVAILABLE,
    Code.NOT_FOUND,
    Code.ABORTED,
    Code.CANCELLED,
  ];
  for (const code of codes) end('/a', code, 0);
  expect(figures.status).toMatchObject({ calls: 7, errors: 3, refused: 3, slow: 0, errorRate: 3 / 7 });
});

test('slow calls are counted and named; those that stream or wait have no time', () => {
  const { figures, slow, end } = count();
  end('/quick', Code.OK, 0);
  end('/slow', Code.OK, SLOW_CALL_MS + 50);
  end('/waits', Code.OK, 60_000);
  end('/watch', Code.OK, 60_000, { responseStream: true });
  end('/import', Code.OK, 60_000, { requestStream: true });
  expect(figures.status).toMatchObject({ calls: 5, slow: 1 });
  expect(slow).toEqual(['/slow']);
  expect(figures.status.meanMicros).toBeLessThan(1_000_000);
});

test('mean and 99th percentile are of the times; the percentile of the last 1000 alone', () => {
  const figures = new CallFigures();
  expect(figures.status).toMatchObject({ meanMicros: 0, p99Micros: 0, errorRate: 0 });
  for (let ms = 1; ms <= 100; ms++) figures.ended('ok', ms / 10);
  expect(figures.status).toMatchObject({ meanMicros: 5050, p99Micros: 9900 });
  for (let at = 0; at < 1000; at++) figures.ended('ok', 1);
  expect(figures.status.p99Micros).toBe(1000);
});

test('to count a call takes less than a microsecond', () => {
  const figures = new CallFigures();
  const counter = new CallCount(figures, new Set(), () => undefined);
  const one = method('/a');
  const calls = 200_000;
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const startMs = performance.now();
    for (let at = 0; at < calls; at++) counter.ended(one, Code.OK, startMs);
    best = Math.min(best, ((performance.now() - startMs) * 1000) / calls);
  }
  expect(best).toBeLessThan(1);
});
