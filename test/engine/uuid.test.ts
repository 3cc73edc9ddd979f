import { UuidSource } from '../../src/engine/uuid';

describe('UUIDv7', () => {
  it('has the layout of RFC 9562: 48 bits of time, version 7, variant 10', () => {
    // The RFC's own example (appendix A.6).
    const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
    const source = new UuidSource((buffer) => void random.copy(buffer));
    expect(source.next(0x017f22e279b0)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('never gives the same id twice', () => {
    const source = new UuidSource();
    expect(new Set(Array.from({ length: 10_000 }, () => source.next(1))).size).toBe(10_000);
  });
});
