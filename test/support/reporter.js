// Ends a Jest run with what was left out and what failed, by name, with the slowest files, and with one plain line of counts. scripts/test.js
// runs several parts: then HOLDFAST_TEST_PARTS names a file that takes a line of JSON for each, and all of them are told once, at the end.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** Files that are named with their times: enough to see where the time goes. */
const SLOWEST = 10;

class PlainReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
    this.parts = process.env['HOLDFAST_TEST_PARTS'];
    // Whoever names files or tests knows that the others do not run; scripts/test.js runs them all, in parts.
    const named = globalConfig.nonFlagArgs?.length > 0 || Boolean(globalConfig.testNamePattern);
    this.chosen = named || this.parts !== undefined;
  }

  onRunComplete(_contexts, results) {
    const told = this.toldOf(results);
    if (this.parts) {
      fs.appendFileSync(this.parts, `${JSON.stringify(told)}\n`);
      return;
    }
    const lines = [...(this.chosen ? [] : this.foldersLeftOut(results)), ...linesOf(told)];
    // Jest prints its own summary after the reporters; the plain lines come last of all.
    process.once('exit', () => fs.writeSync(1, `\n${lines.join('\n')}\n`));
  }

  toldOf(results) {
    const files = results.testResults.map(({ testFilePath, perfStats }) => ({
      file: path.relative(this.root, testFilePath),
      seconds: (perfStats.end - perfStats.start) / 1000,
    }));
    return {
      files,
      left: testsLeftOut(results),
      failures: this.failuresOf(results),
      passed: results.numPassedTests,
      // A file that fails to load holds no test, yet it must not pass as "0 failed".
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  }

  failuresOf(results) {
    return results.testResults.flatMap(({ testFilePath, testResults, testExecError, failureMessage }) => {
      const file = path.relative(this.root, testFilePath);
      const failed = testResults.filter(({ status }) => status === 'failed');
      if (failed.length > 0) return failed.map(({ fullName }) => `failed: ${file}: ${fullName}`);
      return testExecError || (failureMessage && testResults.length === 0) ? [`failed: ${file}: it does not load`] : [];
    });
  }

  foldersLeftOut(results) {
    const ran = new Set(results.testResults.map((result) => path.relative(this.root, result.testFilePath)));
    const folders = new Map();
    for (const tests of ['test', path.join('clients', 'typescript', 'test')]) {
      for (const file of fs.readdirSync(path.join(this.root, tests), { recursive: true })) {
        const name = path.join(tests, file);
        if (!name.endsWith('.test.ts') || ran.has(name)) continue;
        folders.set(path.dirname(name), (folders.get(path.dirname(name)) ?? 0) + 1);
      }
    }
    return [...folders].sort().map(([folder, count]) => `not run: ${folder} (test files: ${count})`);
  }
}

/** test/support/skips.ts puts the reason behind the title, of the test or of its group. */
function testsLeftOut(results) {
  const tests = results.testResults.flatMap((file) => file.testResults);
  return tests
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ ancestorTitles, title }) => {
      const parts = [...ancestorTitles, title].map((part) => part.split(' — '));
      const reasons = parts.flatMap(([, ...reason]) => reason);
      return `skipped: ${parts.map(([name]) => name).join(' ')} — ${reasons.join(', ') || 'no reason given'}`;
    });
}

/** How a run ends: its slowest files, what was left out, what failed, and the counts. */
function linesOf({ files, left, failures, passed, failed, skipped }) {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  const seconds = slowest.map((one) => one.seconds.toFixed(0));
  return [
    ...(files.length > 1 ? ['slowest files:'] : []),
    ...(files.length > 1 ? slowest.map(({ file }, index) => `${seconds[index].padStart(6)} s  ${file}`) : []),
    ...left,
    ...failures,
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}

/** Several runs as one. */
function together(parts) {
  const sum = (what) => parts.reduce((total, part) => total + part[what], 0);
  const all = (what) => parts.flatMap((part) => part[what]);
  return {
    files: all('files'),
    left: all('left'),
    failures: all('failures'),
    ...{ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
  };
}

module.exports = PlainReporter;
Object.assign(module.exports, { linesOf, together });
