import { parseTrace, traceparentOf } from '../../src/services/trace-context';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

it('reads a traceparent and writes it back', () => {
  const context = parseTrace(`00-${trace}-${span}-01`, 'vendor=1')!;
  expect(context).toMatchObject({ flags: 1, state: 'vendor=1' });
  const record = Buffer.concat([context.traceId, context.spanId, Uint8Array.of(context.flags)]);
  expect(traceparentOf(record)).toBe(`00-${trace}-${span}-01`);
  expect(traceparentOf(Buffer.alloc(0))).toBe('');
});

it('reads a later version that appends fields', () => {
  expect(parseTrace(`01-${trace}-${span}-00-more`)).toMatchObject({ flags: 0 });
});

it.each([
  '',
  'nonsense',
  `ff-${trace}-${span}-01`,
  `00-${trace}-${span}-01-more`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
  `00-${trace}-${span}-1`,
])('ignores %s, as W3C says', (traceparent) => {
  expect(parseTrace(traceparent)).toBeUndefined();
});

it('drops a tracestate that is too long', () => {
  expect(parseTrace(`00-${trace}-${span}-01`, 'x'.repeat(513))?.state).toBe('');
});
