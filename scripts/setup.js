// Makes a fresh clone ready to run: dependencies first, then dist. Does nothing, and says nothing, when both are current.
// `node scripts/setup.js build` builds even if dist is current.
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

/** Compiles aside and renames, so that nobody runs a half-written dist and no file of a deleted source stays behind. */
function build() {
  const aside = `.build-${process.pid}`;
  const old = `${aside}-old`;
  try {
    run(process.execPath, [require.resolve('typescript/bin/tsc', { paths: [root] }), '-p', '.', '--outDir', aside]);
    const main = path.join(aside, 'main.js');
    if (fs.existsSync(main)) {
      fs.chmodSync(main, 0o755);
      fs.utimesSync(main, new Date(), new Date(started()));
    }
    if (fs.existsSync('dist')) fs.renameSync('dist', old);
    fs.renameSync(aside, 'dist');
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
