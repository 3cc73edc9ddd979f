import { JournalClock } from '../../src/engine/clock';

/** A clock whose hands the test moves. */
function hands(): { wall: number; monotonic: number; wallMs(): number; monotonicMs(): number } {
  return {
    wall: 1_000_000,
    monotonic: 50,
    wallMs() {
      return this.wall;
    },
    monotonicMs() {
      return this.monotonic;
    },
  };
}

describe('journal time', () => {
  it('starts at the wall clock when that is ahead of the last record (K1)', () => {
    expect(new JournalClock(hands(), 999_000).nowMs()).toBe(1_000_000);
  });

  it('starts at the last record when the wall clock was set back (K1)', () => {
    expect(new JournalClock(hands(), 7_000_000).nowMs()).toBe(7_000_000);
  });

  it('does not see the wall clock jump (K2)', () => {
    const clock = hands();
    const time = new JournalClock(clock, 0);
    clock.wall += 7_200_000;
    expect(time.nowMs()).toBe(1_000_000);
    clock.wall -= 14_400_000;
    clock.monotonic += 10;
    expect(time.nowMs()).toBe(1_000_010);
  });

  it('moves at most 200 ms after a freeze (K2)', () => {
    const clock = hands();
    const time = new JournalClock(clock, 0);
    clock.monotonic += 3_600_000;
    expect(time.nowMs()).toBe(1_000_200);
    clock.monotonic += 30;
    expect(time.nowMs()).toBe(1_000_230);
  });

  it('never runs back, even if the monotonic clock does', () => {
    const clock = hands();
    const time = new JournalClock(clock, 0);
    clock.monotonic -= 40;
    expect(time.nowMs()).toBe(1_000_000);
  });
});
