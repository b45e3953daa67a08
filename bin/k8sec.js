#!/usr/bin/env node
// CommonJS, by the package.json beside it: Node.js starts a script in less time than a module.
require('../dist/cli.cjs').start();
