// Makes a fresh clone ready to run: dependencies first, then dist. Does nothing, and says nothing, when both are current.
// `node scripts/setup.js build` builds even if dist is current; `node scripts/setup.js client` builds the TypeScript client too, if it
// is not current.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
process.chdir(root);

try {
  setup();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`holdfast needs Node 20.19 or newer; this is ${process.version}`);
  }
  const stale = staleDependency();
  if (stale) {
    say(`${stale}: running npm ci --ignore-scripts`);
    const npm = process.env.npm_execpath;
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    run(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args);
  }
  const reason = process.argv[2] === 'build' ? 'asked to build' : staleBuild();
  if (reason) {
    say(`${reason}: running tsc`);
    build();
  }
  if (process.argv[2] === 'client') setupClient();
}

/** The TypeScript client as its users have it, and beside it the program of the demo's agents. */
function setupClient() {
  const folder = 'clients/typescript';
  const built = modifiedAt(`${folder}/dist/demo/agent.js`);
  const inputs = ['tsconfig.json', 'package.json', ...filesOf(folder, 'src'), ...filesOf(folder, 'demo')];
  const newer = inputs.find((file) => modifiedAt(path.join(folder, file)) > built);
  if (built > 0 && !newer) return;
  say(`${built > 0 ? `${folder}/${newer} is newer than its build` : `${folder} is not built`}: running tsc`);
  compile(folder, `${folder}/dist`, (aside) => {
    // It names the package as users do: Node finds it from within.
    const ts = require('typescript');
    const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS };
    const source = fs.readFileSync(`${folder}/demo/agent.ts`, 'utf8');
    fs.mkdirSync(path.join(aside, 'demo'));
    fs.writeFileSync(path.join(aside, 'demo/agent.js'), ts.transpileModule(source, { compilerOptions }).outputText);
    return 'demo/agent.js';
  });
}

function filesOf(folder, below) {
  return fs.readdirSync(path.join(folder, below), { recursive: true }).map((file) => path.join(below, file));
}

/** What differs between package-lock.json and what is installed; the contents count, not the times. */
function staleDependency() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  if (!installed) return 'node_modules is missing';
  const wanted = readJson('package-lock.json').packages;
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '' || (entry.optional && !installed[name])) continue;
    if (installed[name]?.version !== entry.version) return `${name} is not the version in package-lock.json`;
  }
  return undefined;
}

function staleBuild() {
  const built = modifiedAt('dist/main.js');
  if (built === 0) return 'dist is missing';
  const inputs = ['tsconfig.json', ...fs.readdirSync('src', { recursive: true }).map((file) => path.join('src', file))];
  const newer = inputs.find((file) => modifiedAt(file) > built);
  return newer && `${newer} is newer than dist`;
}

function build() {
  compile('.', 'dist', (aside) => {
    fs.chmodSync(path.join(aside, 'main.js'), 0o755);
    return 'main.js';
  });
}

/**
 * Compiles aside and renames, so that nobody runs a half-written dist and no file of a deleted source stays behind. `finish` completes
 * it and gives the file by which its age is told.
 */
function compile(project, dist, finish) {
  const aside = path.join(path.dirname(dist), `.build-${process.pid}`);
  const old = `${aside}-old`;
  try {
    const tsc = require.resolve('typescript/bin/tsc', { paths: [root] });
    run(process.execPath, [tsc, '-p', project, '--outDir', aside]);
    fs.utimesSync(path.join(aside, finish(aside)), new Date(), new Date(started()));
    if (fs.existsSync(dist)) fs.renameSync(dist, old);
    fs.renameSync(aside, dist);
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
    fs.rmSync(old, { recursive: true, force: true });
  }
}

/** When this process began: a source changed while tsc ran is then newer than dist. */
function started() {
  return Date.now() - process.uptime() * 1000;
}

function modifiedAt(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readJson(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

function run(command, args) {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  throw new Error(`${[command, ...args].join(' ')}: ${error ? error.message : `ended with ${signal ?? status}`}`);
}

function say(text) {
  console.error(`setup: ${text}`);
}
