// Ends a Jest run with what was left out, by name, and one plain line of counts.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

class PlainReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
    // Whoever names files or tests knows that the others do not run; scripts/test.js runs them all, in parts.
    const named = globalConfig.nonFlagArgs?.length > 0 || Boolean(globalConfig.testNamePattern);
    this.chosen = named || process.env['HOLDFAST_TEST_PARTS'] !== undefined;
  }

  onRunComplete(_contexts, results) {
    const lines = [...(this.chosen ? [] : this.foldersLeftOut(results)), ...testsLeftOut(results)];
    const skipped = results.numPendingTests + results.numTodoTests;
    // A file that fails to load holds no test, yet it must not pass as "0 failed".
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    lines.push(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
    // Jest prints its own summary after the reporters; the plain line comes last of all.
    process.once('exit', () => fs.writeSync(1, `\n${lines.join('\n')}\n`));
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

module.exports = PlainReporter;
