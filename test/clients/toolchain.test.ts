// Goal: what a machine lacks is named, and never taken for a defect; a defect is never taken for something that is lacking.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, filled } from '../../scripts/clients/cache';
import { projectRoot } from '../../scripts/clients/client-language';
import { languages } from '../../scripts/clients/languages';
import { missing, ProgramFailure, run } from '../../scripts/clients/program';
import { tempDir } from '../support/temp-dir';

function fakeProgram(prints: string): string {
  const file = join(tempDir(), 'fake');
  writeFileSync(file, `#!/bin/sh\necho '${prints}'\n`, { mode: 0o755 });
  return file;
}

it('the page about the clients names the versions that are pinned', () => {
  const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
  const pinned = (path: string, pattern: RegExp): string => pattern.exec(read(path))?.[1] ?? `nothing in ${path}`;
  const pom = 'clients/java/pom.xml';
  const tools = 'clients/go/generate/go.mod';
  const page = read('clients/README.md');
  for (const words of [
    `ts-proto ${pinned('package.json', /"ts-proto": "([^"]+)"/)}`,
    `grpcio-tools ${pinned('clients/python/requirements.txt', /^grpcio-tools==(\S+)$/m)}`,
    `protoc-gen-go ${pinned(tools, /google\.golang\.org\/protobuf (\S+)/)}`,
    `protoc-gen-go-grpc ${pinned(tools, /protoc-gen-go-grpc (v\S+)/)}`,
    `protoc ${pinned(pom, /<protobuf\.version>([^<]+)</)}`,
    `protoc-gen-grpc-java ${pinned(pom, /<grpc\.version>([^<]+)</)}`,
    `tonic-prost-build ${pinned('clients/rust/Cargo.lock', /name = "tonic-prost-build"\nversion = "([^"]+)"/)}`,
    ...languages.map(({ generated }) => `\`${generated}\``),
  ]) {
    expect(page).toContain(words);
  }
});

describe('a program', () => {
  it('that is not there is named', () => {
    expect(missing(join(tempDir(), 'go'), ['version'], [1, 24], 'Go 1.24 or newer')).toBe('needs Go 1.24 or newer');
  });

  it.each([
    ['go version go1.19.8 linux/amd64', [1, 24], '1.19'],
    ['javac 8.0.1', [11, 0], '8.0'],
    ['cargo 1.87.0 (99624be96 2025-05-06)', [1, 88], '1.87'],
  ] as const)('that is too old is named with what was found: %s', (prints, oldest, found) => {
    expect(missing(fakeProgram(prints), [], oldest, 'a newer one')).toBe(`needs a newer one; found ${found}`);
  });

  it.each([
    ['go version go1.24.0 linux/amd64', [1, 24]],
    ['javac 17.0.15', [11, 0]],
    ['Python 3.14.0', [3, 9]],
    ['cargo 2.0.0', [1, 88]],
  ] as const)('that is new enough will do: %s', (prints, oldest) => {
    expect(missing(fakeProgram(prints), [], oldest, 'it')).toBeUndefined();
  });

  it('that fails is shown with what it printed', () => {
    const failing = () => run('sh', ['-c', 'echo first; echo second >&2; exit 3']);
    expect(failing).toThrow(ProgramFailure);
    expect(failing).toThrow(/ended with 3\nfirst\nsecond$/);
  });
});

// In the words of the tools: without a network, or behind a proxy that does not answer.
it.each([
  'ERROR: Could not find a version that satisfies the requirement grpcio==1.76.0 (from versions: none)',
  'dial tcp: lookup modules.example on 10.0.0.1:53: dial udp 10.0.0.1:53: connect: network is unreachable',
  'proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
  'Could not transfer artifact a:b:pom:1 from/to central: transfer failed for https://central.example/a',
  '[6] Could not resolve hostname (Could not resolve host: index.example)',
  '[7] Could not connect to server (Failed to connect to 127.0.0.1 port 1 after 0 ms: Could not connect to server)',
])('a registry that cannot be reached is told from a defect: %s', (output) => {
  expect(new ProgramFailure('tool', output, 'ended with 1').unreachable).toBe(true);
});

it.each([
  'ERROR: Could not find a version that satisfies the requirement grpcio==9 (from versions: 1.75.1, 1.76.0)',
  'Could not find artifact com.google.protobuf:protoc:exe:linux-x86_64:9 in central',
  'error: failed to select a version for the requirement `prost = "^9"`',
  'reading ../go.mod: unknown revision v9.0.0',
  'error[E0432]: unresolved import `holdfast::v2`',
])('a defect is told from a registry that cannot be reached: %s', (output) => {
  expect(new ProgramFailure('tool', output, 'ended with 1').unreachable).toBe(false);
});

describe('a cache folder', () => {
  it('has another name for each content of its files', () => {
    const [one, other] = ['1', '2'].map((content) => {
      const file = join(tempDir(), 'lock');
      writeFileSync(file, content);
      return cacheFolder('python', [file]);
    });
    expect(one).not.toBe(other);
    expect(basename(one!)).toMatch(/^python-[0-9a-f]{16}$/);
  });

  it('is filled once, and is not there when filling failed', () => {
    const parent = tempDir();
    const folder = join(parent, 'cache');
    const failing = () =>
      filled(folder, (aside) => {
        writeFileSync(join(aside, 'half'), '');
        throw new Error('no network');
      });
    expect(failing).toThrow('no network');
    expect(readdirSync(parent)).toEqual([]);
    filled(folder, (aside) => writeFileSync(join(aside, 'whole'), ''));
    filled(folder, () => expect(true).toBe(false));
    expect(readdirSync(parent)).toEqual(['cache']);
    expect(existsSync(join(folder, 'whole'))).toBe(true);
  });

  it('of a faster process is taken as it is', () => {
    const folder = join(tempDir(), 'cache');
    filled(folder, () => {
      mkdirSync(folder);
      writeFileSync(join(folder, 'theirs'), '');
    });
    expect(readdirSync(folder)).toEqual(['theirs']);
  });
});

describe('npm run generate', () => {
  /** A PATH that holds nothing but what every system has. */
  function barePath(): string {
    const bin = tempDir();
    for (const name of ['nice', 'sh']) {
      const where = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
      symlinkSync(where, join(bin, name));
    }
    return bin;
  }

  function generate(...names: string[]): { status: number | null; stdout: string; stderr: string } {
    const preload = join(projectRoot, 'test/support/typescript.js');
    const script = join(projectRoot, 'scripts/generate.ts');
    const env = { ...process.env, PATH: barePath() };
    return spawnSync(process.execPath, ['--require', preload, script, ...names], { env, encoding: 'utf8' });
  }

  it('names each language whose toolchain is not there, and says what to install', () => {
    const { status, stdout } = generate(...languages.map(({ name }) => name));
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^python: skipped, needs Python 3\.9 or newer/),
      expect.stringMatching(/^go: skipped, needs Go 1\.24 or newer/),
      expect.stringMatching(/^java: skipped, needs a JDK, 11 or newer/),
      expect.stringMatching(/^rust: skipped, needs Rust 1\.88 or newer/),
    ]);
    // They were asked for by name.
    expect(status).toBe(1);
  });

  it('knows its languages', () => {
    const { status, stderr } = generate('cobol');
    expect(stderr).toBe('unknown: cobol. There are: typescript, python, go, java, rust\n');
    expect(status).toBe(1);
  });
});
