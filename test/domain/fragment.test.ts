import fc from 'fast-check';
import { withoutFields } from '../../src/domain/fragment';
import { Task } from '../../src/gen/holdfast/v1/task';

const TITLE = 6;
const DESCRIPTION = 7;
const LABELS = 13;

test('what is left decodes to the message without those fields', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.dictionary(fc.string(), fc.string()),
      fc.nat(9),
      (title, text, labels, n) => {
        const task = Task.fromPartial({
          title,
          description: text,
          labels: new Map(Object.entries(labels)),
          revision: n,
        });
        const cut = withoutFields(Task.encode(task).finish(), new Set([DESCRIPTION, LABELS]));
        expect(Buffer.from(cut)).toEqual(Task.encode({ ...task, description: '', labels: new Map() }).finish());
      },
    ),
  );
});

test('a message without those fields comes back as it is, not copied', () => {
  const image = Task.encode(Task.fromPartial({ title: 'a' })).finish();
  expect(withoutFields(image, new Set([DESCRIPTION]))).toBe(image);
});

test('a message of nothing else comes back empty', () => {
  const image = Task.encode(Task.fromPartial({ title: 'a' })).finish();
  expect(withoutFields(image, new Set([TITLE]))).toHaveLength(0);
});
