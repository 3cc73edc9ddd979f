// Goal: the architecture stays what its description says. Method: each rule runs over the whole project, and over a small
// planted violation, so that a rule that has stopped seeing anything fails too.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import * as rules from './support/tidy-rules';
import type { SourceFile } from './support/tidy-rules';

const root = join(__dirname, '..');
const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.holdfast']);

const files = projectFiles();
const source = files.filter(({ path }) => /^src\/(?!gen\/).*\.ts$/.test(path));
const tests = files.filter(({ path }) => /^(test|clients\/typescript\/(demo|test|examples))\/.*\.ts$/.test(path));
/** The TypeScript client: on no floor of ours, and held to the other rules. */
const client = files.filter(({ path }) => /^clients\/typescript\/src\/(?!gen\/).*\.ts$/.test(path));
const generated = files.filter(({ path }) => path.startsWith('src/gen/'));

/** What git would commit; without git, everything but what is built or installed. */
function projectFiles(): SourceFile[] {
  let paths: string[];
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    paths = listed.split('\0').filter(Boolean);
  } catch {
    paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(sep).join('/'))
      .filter((path) => !path.split('/').some((part) => notOurs.has(part) || part.startsWith('.build-')));
  }
  return paths.flatMap((path) => {
    const info = statSync(join(root, path), { throwIfNoEntry: false });
    if (!info?.isFile() || info.size > 1 << 20) return [];
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  });
}

function treeOf(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

function planted(path: string, text: string): SourceFile {
  return { path, text };
}

describe('floors', () => {
  it('a file imports only from lower floors', () => {
    expect(source.flatMap(rules.floorViolations)).toEqual([]);
  });

  it.each([
    ['src/domain/task.ts', `import { open } from '../storage/journal/open';`],
    ['src/storage/state/apply.ts', `import type { Engine } from '../../engine/engine';`],
    ['src/services/server.ts', `export { run } from '../cli/run';`],
    ['src/engine/feed.ts', `const config = require('../config');`],
    ['src/cli/claim.ts', `import { engine } from '../engine/engine';`],
    ['src/cli/claim.ts', `type Server = import('../services/server').Server;`],
    ['src/storage/files.ts', `import { tempDir } from '../../test/support/temp-dir';`],
    ['src/plumbing/pipe.ts', ''],
  ])('%s may not hold: %s', (path, text) => {
    expect(rules.floorViolations(planted(path, text))).toHaveLength(1);
  });

  it('the command line may read a journal offline', () => {
    const text = `import { dump } from '../storage/journal/dump';`;
    expect(rules.floorViolations(planted('src/cli/journal.ts', text))).toEqual([]);
  });

  it('no file imports itself through others', () => {
    expect(rules.cycleViolations([...source, ...generated, ...client])).toEqual([]);
    const ring = [
      planted('src/domain/a.ts', `import { b } from './b';`),
      planted('src/domain/b.ts', `import { c } from './c';`),
      planted('src/domain/c.ts', `import { a } from './a';`),
    ];
    expect(rules.cycleViolations(ring)).toEqual([
      'import cycle: src/domain/a → src/domain/b → src/domain/c → src/domain/a',
    ]);
    const types = [ring[0]!, planted('src/domain/b.ts', `import type { A } from './a';`)];
    expect(rules.cycleViolations(types)).toHaveLength(1);
  });
});

describe('the TypeScript client', () => {
  const folder = 'clients/typescript/src';
  const packages = ['@grpc/grpc-js', '@bufbuild/protobuf'];

  it('stands alone', () => {
    expect(client.length).toBeGreaterThan(10);
    expect(client.flatMap((file) => rules.standaloneViolations(folder, packages, file))).toEqual([]);
    for (const text of [`import { uuid } from '../../../src/engine/uuid';`, `import { pino } from 'pino';`]) {
      expect(rules.standaloneViolations(folder, packages, planted(`${folder}/tasks.ts`, text))).toHaveLength(1);
    }
  });
});

describe('rules of the domain', () => {
  it('they use no I/O, clock or chance', () => {
    expect(source.filter(({ path }) => path.startsWith('src/domain/')).flatMap(rules.purityViolations)).toEqual([]);
  });

  it.each([
    `import { createHash } from 'node:crypto';`,
    `import { status } from '@grpc/grpc-js';`,
    `import { TaskServiceService } from '../gen/holdfast/v1/task_service';`,
    `export async function decide() {}`,
    `for await (const task of tasks) use(task);`,
    `const now = Date.now();`,
    `const now = new Date();`,
    `const dice = Math.random();`,
    `setTimeout(expire, 1000);`,
  ])('they may not hold: %s', (text) => {
    expect(rules.purityViolations(planted('src/domain/task.ts', text))).toHaveLength(1);
  });

  it('they may hold a given time, and types of requests', () => {
    const text = `import type { ClaimTaskRequest } from '../gen/holdfast/v1/task_service';\nconst at = new Date(now); // Date.now() is not for rules`;
    expect(rules.purityViolations(planted('src/domain/claim.ts', text))).toEqual([]);
  });
});

describe('files', () => {
  it('they are short', () => {
    expect([...source, ...client].flatMap((file) => rules.lengthViolations(file, 300))).toEqual([]);
    expect(tests.flatMap((file) => rules.lengthViolations(file, 500))).toEqual([]);
    expect(rules.lengthViolations(planted('src/main.ts', 'x\n'.repeat(300)), 300)).toEqual([]);
    expect(rules.lengthViolations(planted('src/main.ts', 'x\n'.repeat(301)), 300)).toHaveLength(1);
  });

  it('they are named after what is inside', () => {
    expect([...source, ...client, ...tests].flatMap(rules.nameViolations)).toEqual([]);
    for (const path of [
      'src/utils/time.ts',
      'src/engine/helper.ts',
      'test/common.test.ts',
      'src/domain/index.ts',
      'src/Task.ts',
    ]) {
      expect(rules.nameViolations(planted(path, ''))).toHaveLength(1);
    }
  });

  it('they export by name', () => {
    expect([...source, ...client, ...tests].flatMap(rules.defaultExportViolations)).toEqual([]);
    for (const text of ['export default 1;', 'export default class {}', 'const a = 1; export { a as default };']) {
      expect(rules.defaultExportViolations(planted('src/main.ts', text))).toHaveLength(1);
    }
  });

  it('only main reads the environment', () => {
    const readers = [...source, ...client].filter(({ path }) => path !== 'src/main.ts');
    expect(readers.flatMap(rules.environmentViolations)).toEqual([]);
    for (const text of [
      'process.env.HOME;',
      `process['env'];`,
      'const { env } = process;',
      `import { env } from 'node:process';`,
    ]) {
      expect(rules.environmentViolations(planted('src/config.ts', text))).toHaveLength(1);
    }
  });

  it('source holds no unfinished work', () => {
    expect([...source, ...client].flatMap(rules.unfinishedViolations)).toEqual([]);
    for (const text of [
      '// TODO',
      '// FIXME: later',
      '/* XXX */',
      '// HACK',
      '// good enough for now',
      `'placeholder'`,
    ]) {
      expect(rules.unfinishedViolations(planted('src/main.ts', text))).toHaveLength(1);
    }
  });

  it('no text belongs to a machine, a mailbox or a registry', () => {
    // Google's own example of a calendar's address comes with its protos.
    const ours = files.filter(({ path }) => !path.includes('/google/rpc/'));
    expect(ours.flatMap(rules.privateTextViolations)).toEqual([]);
    const texts = [
      ['someone', 'mail.net'].join('@'),
      ['', 'home', 'someone', 'holdfast'].join('/'),
      ['', 'work', 'main'].join('/'),
      ['C:', 'Users', 'someone'].join('\\'),
      ['https://registry', 'npmjs', 'org/x'].join('.'),
    ];
    for (const text of texts) expect(rules.privateTextViolations(planted('README.md', `see ${text}`))).toHaveLength(1);
  });
});

describe('tests', () => {
  it('none is left out in silence', () => {
    const exempt = 'test/support/skips.ts';
    expect(tests.filter(({ path }) => path !== exempt).flatMap(rules.silentSkipViolations)).toEqual([]);
  });

  it.each([
    `it.only('x', () => {});`,
    `describe.skip('x', () => {});`,
    `test.todo('x');`,
    `it.skip.each([1])('x', () => {});`,
    `it.concurrent.only('x', () => {});`,
    `xit('x', () => {});`,
    `fdescribe('x', () => {});`,
    `const run = linux ? it : it.skip;`,
  ])('they may not hold: %s', (text) => {
    expect(rules.silentSkipViolations(planted('test/x.test.ts', text))).toHaveLength(1);
  });
});

describe('protos', () => {
  it('generated code is up to date', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-generated-'));
    try {
      const buf = require.resolve('@bufbuild/buf/bin/buf');
      execFileSync(process.execPath, [buf, 'generate', '-o', folder], { cwd: root });
      execFileSync(process.execPath, [join(root, 'scripts', 'descriptors.js'), join(folder, 'src', 'gen')]);
      for (const gen of ['src/gen', 'clients/typescript/src/gen']) {
        expect(rules.staleViolations(treeOf(join(root, gen)), treeOf(join(folder, gen)))).toEqual([]);
        expect(treeOf(join(folder, gen)).size).toBeGreaterThan(10);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 600_000);

  it('stale, missing and left-over generated files are seen', () => {
    const committed = new Map([
      ['a.ts', '1'],
      ['b.ts', '1'],
    ]);
    const fresh = new Map([
      ['a.ts', '2'],
      ['c.ts', '1'],
    ]);
    expect(rules.staleViolations(committed, fresh)).toHaveLength(3);
    expect(rules.staleViolations(committed, committed)).toEqual([]);
  });

  it('each service has its file', () => {
    const paths = files.map(({ path }) => path);
    const protos = paths.filter((path) => path.startsWith('proto/holdfast/'));
    if (existsSync(join(root, 'src', 'services'))) expect(rules.serviceViolations(protos, paths)).toEqual([]);
    expect(rules.serviceViolations(['proto/holdfast/v1/task_service.proto'], [])).toHaveLength(1);
    expect(rules.serviceViolations(['proto/holdfast/v1/task_service.proto'], ['src/services/task-service.ts'])).toEqual(
      [],
    );
  });
});

describe('dependencies', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  it('each has its reason in writing', () => {
    const manifest = JSON.parse(read('package.json')) as Parameters<typeof rules.dependencyViolations>[0];
    expect(rules.dependencyViolations(manifest, read('docs/adr/0001-dependencies.md'))).toEqual([]);
    expect(rules.dependencyViolations({ dependencies: { pino: '10.4.0' } }, '')).toHaveLength(1);
    expect(
      rules.dependencyViolations({ dependencies: { pino: '^10.4.0' } }, '- `pino`: logs as JSON lines.'),
    ).toHaveLength(1);
    expect(rules.dependencyViolations({}, '- `pino`: logs as JSON lines.')).toHaveLength(1);
  });

  it('the lock serves every platform and names no registry', () => {
    expect(
      rules.lockViolations(JSON.parse(read('package-lock.json')) as Parameters<typeof rules.lockViolations>[0]),
    ).toEqual([]);
    const lock = {
      packages: { 'node_modules/buf': { resolved: 'x', optionalDependencies: { 'buf-linux-x64': '1.0.0' } } },
    };
    expect(rules.lockViolations(lock)).toHaveLength(2);
  });
});
