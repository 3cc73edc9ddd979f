import { Lately } from '../../../src/engine/health/lately';
import { RecentCounts } from '../../../src/engine/health/recent';
import { ServerStatus } from '../../../src/gen/holdfast/v1/system';

describe('a figure that is kept for a while', () => {
  test('is worked out once for all who ask at first', async () => {
    let asked = 0;
    const lately = new Lately(() => Promise.resolve(++asked));
    expect(await Promise.all([lately.get(), lately.get(), lately.get()])).toEqual([1, 1, 1]);
    expect(await lately.get()).toBe(1);
  });

  test('that cannot be worked out at first is tried again by the next who asks', async () => {
    let fails = true;
    const lately = new Lately(() => (fails ? Promise.reject(new Error('EIO')) : Promise.resolve('well')));
    await expect(lately.get()).rejects.toThrow('EIO');
    await lately.idle();
    fails = false;
    expect(await lately.get()).toBe('well');
  });
});

describe('what happened lately', () => {
  const MINUTE_MS = 60_000;
  const status = (calls: number) => ServerStatus.fromPartial({ calls: { calls, slow: calls / 10 } });

  test('is counted from the start of a young server', () => {
    const recent = new RecentCounts(1000);
    expect(recent.until(status(50), 3000)).toMatchObject({ spanMs: 2000, calls: 50, slow: 5 });
  });

  test('is what came within the last minutes, and forgets what lies before', () => {
    const recent = new RecentCounts(0);
    for (let minute = 1; minute <= 60; minute++) recent.keep(status(minute * 100), minute * MINUTE_MS);
    const { spanMs, calls } = recent.until(status(6000), 60 * MINUTE_MS);
    expect(spanMs).toBe(5 * MINUTE_MS);
    expect(calls).toBe(500);
  });
});
