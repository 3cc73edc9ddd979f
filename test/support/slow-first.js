// The order of test files: those that take longest first, so that no worker begins one of them when the others are about to end. Jest orders by its
// own measurements, and by size where it has none, as on a fresh clone.
'use strict';

const { relative } = require('node:path');
// Jest's own; it comes with Jest.
const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes more than 20 s of one core, the longest first. A run tells its slowest files at its end. */
const SLOW = [
  'test/sim/byte-mutations.test.ts',
  'test/sim/engine-sim.test.ts',
  'test/sim/port-sweep.test.ts',
  'test/sim/agents/agent-sim.test.ts',
  'test/clients/java.test.ts',
  'test/cli/demo-agents.test.ts',
  'test/services/evil-filters.test.ts',
  'test/storage/state/newest-first.test.ts',
  'test/clients/rust.test.ts',
  'test/clients/python.test.ts',
  'test/crash/kill.test.ts',
  'test/crash/state-damage.test.ts',
  'test/crash/syscall-faults.test.ts',
  'test/crash/power-cut.test.ts',
  'test/crash/bulk.test.ts',
  'test/crash/import.test.ts',
  'test/crash/block-states.test.ts',
  'test/crash/restore-kill.test.ts',
  'test/crash/stale-tokens.test.ts',
];

class SlowFirst extends Sequencer {
  constructor(options) {
    super(options);
    this.root = options.globalConfig.rootDir;
  }

  sort(tests) {
    const rank = ({ path }) => {
      const at = SLOW.indexOf(relative(this.root, path));
      return at < 0 ? SLOW.length : at;
    };
    // Among equals the order stays.
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}

module.exports = SlowFirst;
