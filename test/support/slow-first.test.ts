import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Ordering {
  sort: (tests: readonly { readonly path: string; readonly context: object }[]) => readonly { readonly path: string }[];
}

const root = join(__dirname, '../..');
// It is plain JavaScript: Jest loads it as it is.
const SlowFirst = jest.requireActual<new (options: object) => Ordering>('./slow-first.js');

it('puts files that are known to be slow before the others', () => {
  const order = new SlowFirst({ globalConfig: { rootDir: root }, contexts: [] });
  const config = { cacheDirectory: join(root, 'none'), id: 'x', name: 'x' };
  const test = (file: string) => ({ path: join(root, file), context: { config, hasteFS: { getSize: () => 1 } } });
  const files = ['test/tidy.test.ts', 'test/crash/kill.test.ts', 'test/sim/engine-sim.test.ts'];
  const sorted = order.sort(files.map(test)).map(({ path }) => path);
  expect(sorted).toEqual([files[2], files[1], files[0]].map((file) => join(root, file!)));
});

it('knows only files that are there', () => {
  const source = readFileSync(join(__dirname, 'slow-first.js'), 'utf8');
  const named = [...source.matchAll(/'(test\/.*?\.test\.ts)'/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
