// The rules of docs/reading-the-source.md as functions: each takes files and gives one sentence per violation.
// test/tidy.test.ts feeds them the project, and a planted violation each.

import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import * as ts from 'typescript';

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string;
  text: string;
}

interface Import {
  specifier: string;
  /** The project file that it names, without extension; undefined for a package. */
  target: string | undefined;
  /** False for `import type`, which leaves no trace in the output. */
  runtime: boolean;
}

/** A file imports only from its own folder and from lower floors. */
const floors = new Map([
  ['gen', 0],
  ['domain', 1],
  ['storage', 2],
  ['engine', 3],
  ['services', 4],
  ['embedded', 4],
  ['cli', 4],
  ['telemetry', 5],
  ['config', 5],
  ['main', 5],
]);

/** What rules may use beside their own folder: nothing that waits, tells the time or touches a disk. */
const domainPackages = ['@bufbuild/protobuf', '@bufbuild/cel'];

const bannedNames = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'base', 'misc'];

const parsed = new Map<string, ts.SourceFile>();

function parse(file: SourceFile): ts.SourceFile {
  const key = `${file.path}\0${file.text}`;
  let ast = parsed.get(key);
  if (!ast) {
    ast = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
    parsed.set(key, ast);
  }
  return ast;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function at(file: SourceFile, node: ts.Node): string {
  const ast = parse(file);
  return `${file.path}:${ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1}`;
}

function importsOf(file: SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, runtime: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const relative = specifier.text.startsWith('.');
    const target = relative
      ? posix.join(posix.dirname(file.path), specifier.text).replace(/\.(ts|js)$/, '')
      : undefined;
    imports.push({ specifier: specifier.text, target, runtime });
  };
  walk(parse(file), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsValues(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node.expression, true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, false);
    else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const loads =
        callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
      if (loads) add(node.arguments[0], true);
    }
  });
  return imports;
}

function importsValues(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return true;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return true;
  return bindings.elements.some((element) => !element.isTypeOnly);
}

/** The folder or file under src/ that decides the floor. */
function areaOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

export function floorViolations(file: SourceFile): string[] {
  const area = areaOf(file.path);
  const floor = floors.get(area);
  if (floor === undefined) return [`${file.path} is on no floor`];
  const violations: string[] = [];
  for (const { specifier, target } of importsOf(file)) {
    if (target === undefined) continue;
    const other = areaOf(target);
    const otherFloor = target.startsWith('src/') ? floors.get(other) : undefined;
    const beside = otherFloor === floor && floor < 5 && other !== area;
    if (otherFloor === undefined) violations.push(`${file.path} imports ${specifier}, which is on no floor`);
    else if (otherFloor > floor) violations.push(`${file.path} imports ${specifier} from a higher floor`);
    else if (beside) violations.push(`${file.path} imports ${specifier} from beside it`);
    else if (area === 'cli' && other === 'engine')
      violations.push(`${file.path} imports ${specifier}: a client has no engine`);
  }
  return violations;
}

/** A client stands alone: it needs nothing of this project beside its own folder, and few packages. */
export function standaloneViolations(folder: string, packages: readonly string[], file: SourceFile): string[] {
  return importsOf(file).flatMap(({ specifier, target }) => {
    const allowed =
      target !== undefined
        ? target.startsWith(`${folder}/`)
        : specifier.startsWith('node:') ||
          packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    return allowed ? [] : [`${file.path} imports ${specifier}, which a client does not have`];
  });
}

/** Rules are functions of what they are given: no clock, no chance, no waiting, no packages that have them. */
export function purityViolations(file: SourceFile): string[] {
  const violations: string[] = [];
  for (const { specifier, target, runtime } of importsOf(file)) {
    const builtin = specifier.startsWith('node:') || builtinModules.includes(specifier);
    const foreign = target === undefined && !domainPackages.some((name) => `${specifier}/`.startsWith(`${name}/`));
    if (builtin || foreign) violations.push(`${file.path} imports ${specifier}: rules do no I/O`);
    if (runtime && target?.endsWith('_service'))
      violations.push(`${file.path} imports ${specifier}, which loads grpc-js`);
  }
  walk(parse(file), (node) => {
    const what = impurity(node);
    if (what) violations.push(`${at(file, node)} uses ${what}: rules take time and chance as data`);
  });
  return violations;
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AwaitKeyword) return 'await';
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    if (/^(Date\.now|Math\.random|performance\.|process\.|crypto\.)/.test(text)) return text;
  }
  if (
    ts.isCallExpression(node) &&
    /^(set(Timeout|Interval|Immediate)|queueMicrotask)$/.test(node.expression.getText())
  ) {
    return node.expression.getText();
  }
  return undefined;
}

/** Each cycle of imports once, as a path; types count too: files that need each other's types are one file in two. */
export function cycleViolations(files: readonly SourceFile[]): string[] {
  const edges = new Map<string, string[]>();
  for (const file of files) {
    const targets = importsOf(file).flatMap(({ target }) => target ?? []);
    edges.set(file.path.replace(/\.ts$/, ''), targets);
  }
  const violations: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: string[]) => {
    const start = trail.indexOf(name);
    if (start >= 0) violations.push(`import cycle: ${[...trail.slice(start), name].join(' → ')}`);
    if (start >= 0 || done.has(name)) return;
    for (const target of edges.get(name) ?? []) visit(target, [...trail, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return violations;
}

export function lengthViolations(file: SourceFile, linesMax: number): string[] {
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  return lines > linesMax ? [`${file.path} has ${lines} lines, at most ${linesMax}`] : [];
}

export function nameViolations(file: SourceFile): string[] {
  const violations: string[] = [];
  for (const part of file.path.split('/')) {
    const stem = part.replace(/(\.test)?\.[a-z]+$/, '');
    if (bannedNames.includes(stem)) violations.push(`${file.path}: "${stem}" says nothing about what is inside`);
    if (stem === 'index' && part.includes('.')) violations.push(`${file.path} is a barrel`);
  }
  const name = posix.basename(file.path);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/.test(name)) violations.push(`${file.path} is not in kebab-case`);
  return violations;
}

export function defaultExportViolations(file: SourceFile): string[] {
  const violations: string[] = [];
  walk(parse(file), (node) => {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    const renamed = ts.isExportSpecifier(node) && node.name.text === 'default';
    if (ts.isExportAssignment(node) || renamed || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) {
      violations.push(`${at(file, node)} exports a default`);
    }
  });
  return violations;
}

export function environmentViolations(file: SourceFile): string[] {
  const violations: string[] = [];
  walk(parse(file), (node) => {
    const read = ts.isPropertyAccessExpression(node) && /^process\.env$/.test(node.getText());
    const taken = ts.isElementAccessExpression(node) && /^process\[['"`]env/.test(node.getText());
    const unpacked =
      ts.isVariableDeclaration(node) &&
      node.initializer?.getText() === 'process' &&
      /\benv\b/.test(node.name.getText());
    const imported =
      ts.isImportSpecifier(node) &&
      (node.propertyName ?? node.name).text === 'env' &&
      /process/.test(node.parent.parent.parent.getText());
    if (read || taken || unpacked || imported)
      violations.push(`${at(file, node)} reads the environment; only src/main.ts may`);
  });
  return violations;
}

/** Tests that would be left out, or leave others out, without the run saying why. */
export function silentSkipViolations(file: SourceFile): string[] {
  const violations: string[] = [];
  walk(parse(file), (node) => {
    const marked =
      ts.isPropertyAccessExpression(node) &&
      ['only', 'skip', 'todo', 'failing'].includes(node.name.text) &&
      ['it', 'test', 'describe'].includes(node.getText().split('.')[0]!);
    const prefixed = ts.isIdentifier(node) && /^(xit|xtest|xdescribe|fit|fdescribe)$/.test(node.text);
    if (marked || prefixed) violations.push(`${at(file, node)} leaves tests out: use test/support/skips.ts`);
  });
  return violations;
}

export function unfinishedViolations(file: SourceFile): string[] {
  return matches(file, /\b(TODO|FIXME|XXX|HACK)\b|\b[Ff]or now\b|\b[Pp]laceholder/g, 'is unfinished work');
}

/** What belongs to someone's machine or mailbox, not to the project. */
export function privateTextViolations(file: SourceFile): string[] {
  return [
    ...matches(file, /\b[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?!\()/gi, 'looks like an e-mail address'),
    ...matches(file, /(?<![\w.~}-])\/(?:home|Users|root|work)\/[\w.-]+|\b[A-Z]:\\Users\\/g, 'is a path of one machine'),
    ...matches(
      file,
      /\b(?:registry\.(?:npmjs|yarnpkg|npmmirror)|pypi\.org|files\.pythonhosted|repo1?\.maven|proxy\.golang|static\.crates)\b[\w.-]*/gi,
      'is a package registry',
    ),
  ];
}

function matches(file: SourceFile, pattern: RegExp, why: string): string[] {
  return [...file.text.matchAll(pattern)].map((match) => {
    const line = file.text.slice(0, match.index).split('\n').length;
    return `${file.path}:${line}: "${match[0]}" ${why}`;
  });
}

/** Each proto service has its file: task_service.proto is served by src/services/task-service.ts, or task.ts. */
export function serviceViolations(protos: readonly string[], sources: readonly string[]): string[] {
  return protos.flatMap((proto) => {
    const noun = /\/([a-z0-9_]+)_service\.proto$/.exec(proto)?.[1]?.replaceAll('_', '-');
    if (!noun) return [];
    const served = [`src/services/${noun}-service.ts`, `src/services/${noun}.ts`].some((path) =>
      sources.includes(path),
    );
    return served ? [] : [`${proto} has no file in src/services`];
  });
}

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Each dependency has a line with its reason ("- `name`: why"), each line a dependency, each version is exact. */
export function dependencyViolations(manifest: Manifest, record: string): string[] {
  const reasons = new Set([...record.matchAll(/^- `([^`]+)`: \S.{9,}$/gm)].map((match) => match[1]!));
  const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  const names = new Set(all.map(([name]) => name));
  return [
    ...all.flatMap(([name]) => (reasons.has(name) ? [] : [`${name} has no reason in the record of dependencies`])),
    ...[...reasons].flatMap((name) => (names.has(name) ? [] : [`${name} has a reason but is no dependency`])),
    ...all.flatMap(([name, version]) => (/^\d+\.\d+\.\d+$/.test(version) ? [] : [`${name} has no exact version`])),
  ];
}

interface Lock {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
}

/** The lock names no registry, and names every platform's binaries, so that `npm ci` passes on all of them. */
export function lockViolations(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => [
    ...(entry.resolved ? [`the lock says where ${path} came from`] : []),
    ...Object.keys(entry.optionalDependencies ?? {}).flatMap((name) =>
      Object.keys(lock.packages).some((other) => other.endsWith(`node_modules/${name}`))
        ? []
        : [`the lock lacks ${name}, which ${path} needs on some platform`],
    ),
  ]);
}

/** Compares two trees of generated files, given as path to content. */
export function staleViolations(committed: ReadonlyMap<string, string>, fresh: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...committed.keys(), ...fresh.keys()])].sort();
  return paths.flatMap((path) => {
    if (!fresh.has(path)) return [`${path} is no longer generated`];
    return committed.get(path) === fresh.get(path) ? [] : [`${path} is out of date: run npm run generate`];
  });
}
