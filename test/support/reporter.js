// Ends a Jest run with what was left out, by name, and one plain line of counts.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

class PlainReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    const lines = [];
    const ran = new Set(results.testResults.map((result) => path.relative(this.root, result.testFilePath)));
    for (const [folder, count] of this.foldersLeftOut(ran)) lines.push(`not run: ${folder} (${count} files)`);
    for (const file of results.testResults) {
      for (const test of file.testResults) {
        if (test.status === 'pending' || test.status === 'todo') lines.push(`skipped: ${test.fullName}`);
      }
    }
    const skipped = results.numPendingTests + results.numTodoTests;
    // A file that fails to load holds no test, yet it must not pass as "0 failed".
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    lines.push(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }

  foldersLeftOut(ran) {
    const folders = new Map();
    for (const file of fs.readdirSync(path.join(this.root, 'test'), { recursive: true })) {
      const name = path.join('test', file);
      if (!name.endsWith('.test.ts') || ran.has(name)) continue;
      folders.set(path.dirname(name), (folders.get(path.dirname(name)) ?? 0) + 1);
    }
    return [...folders].sort();
  }
}

module.exports = PlainReporter;
