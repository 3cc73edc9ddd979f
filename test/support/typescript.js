// Lets node run the TypeScript of test/ as it is: `node --require ./test/support/typescript.js FILE.ts`. Jest has its own
// way; this is for programs beside it, such as the benchmarks. Types are not checked here: `npm run typecheck` does that.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

process.setSourceMapsEnabled(true);

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(fs.readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
