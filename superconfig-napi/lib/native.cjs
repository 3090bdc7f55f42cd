'use strict';
// The native module.

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const file = join(__dirname, '..', `superconfig.${process.platform}-${process.arch}.node`);
if (!existsSync(file)) {
  throw new Error(
    `superconfig is not built for ${process.platform}-${process.arch}: there is no ${file}. ` +
      'Run `npm run build` in superconfig-napi, which needs a Rust toolchain.',
  );
}

module.exports = require(file);
