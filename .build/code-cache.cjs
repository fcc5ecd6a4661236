// Keeps what V8 compiled of each file that was run as a script, beside it: `node code-cache.cjs START ARGUMENT...`.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

const [, , start, ...args] = process.argv;
const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options);
    if (options?.filename) scripts.set(options.filename, this);
  }
};
process.argv = [process.execPath, start, ...args];
process.stdout.write = () => true;
process.on('exit', () => {
  for (const [file, script] of scripts)
    writeFileSync(inDist(file).replace(/\.js$/, '.bin'), script.createCachedData());
  process.exitCode = 0;
});

/** Where a script stands that is called as if it were installed. */
function inDist(name) {
  return join(__dirname, '..', name.slice(name.indexOf('dist/')));
}

require(start);
