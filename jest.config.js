const os = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/clients/typescript'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/clients/typescript/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/clients/typescript/dist/'],
  moduleNameMapper: {
    // The client's examples name it as its users do.
    '^@holdfast/client$': '<rootDir>/clients/typescript/src/entry.ts',
    // What is loaded when it is needed is named as Node finds it in dist.
    '^\\./yaml-plan\\.js$': '<rootDir>/src/cli/plan/yaml-plan.ts',
    '^\\.\\./doctor/stopped-store\\.js$': '<rootDir>/src/cli/doctor/stopped-store.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Jest would take one worker on two cores; the tests wait on disks and children more than they compute.
  maxWorkers: Math.max(2, os.availableParallelism() - 1),
  // It ends tests that hang, and measures nothing: on a machine that is busy with others a start of a server alone may take half a minute.
  testTimeout: 180_000,
  testSequencer: '<rootDir>/test/support/slow-first.js',
  reporters: ['default', '<rootDir>/test/support/reporter.js'],
};
