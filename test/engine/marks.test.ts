import { Marks } from '../../src/engine/marks';

describe('the three marks', () => {
  it('move in the order decided, durable, applied', () => {
    const marks = new Marks(7);
    marks.decide(8);
    marks.settle(8);
    marks.apply(8);
    expect([marks.decided, marks.durable, marks.applied]).toEqual([8, 8, 8]);
  });

  it.each([
    ['a gap in what is decided', (marks: Marks) => marks.decide(9)],
    ['durable above decided', (marks: Marks) => marks.settle(8)],
    ['applied above durable', (marks: Marks) => marks.apply(8)],
    ['durable that falls', (marks: Marks) => marks.settle(6)],
    ['applied that falls', (marks: Marks) => marks.apply(6)],
  ])('refuse %s (M1)', (_name, move) => {
    expect(() => move(new Marks(7))).toThrow(/broken invariant M1/);
  });

  it('wake those who wait for a sequence, once it is applied and not before', async () => {
    const marks = new Marks(0);
    const woken: number[] = [];
    const waits = [1, 2].map((sequence) => marks.whenApplied(sequence).then(() => woken.push(sequence)));
    marks.decide(1);
    marks.decide(2);
    marks.settle(2);
    marks.apply(1);
    await waits[0];
    expect(woken).toEqual([1]);
    marks.apply(2);
    await Promise.all(waits);
    expect(woken).toEqual([1, 2]);
  });

  it('reject those who wait when nothing more will be applied, now and later', async () => {
    const marks = new Marks(0);
    const waiting = marks.whenApplied(1);
    marks.fail(new Error('halted'));
    await expect(waiting).rejects.toThrow('halted');
    await expect(marks.whenApplied(1)).rejects.toThrow('halted');
    await expect(marks.whenApplied(0)).resolves.toBeUndefined();
  });
});
