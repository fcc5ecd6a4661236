// Keeps what V8 compiled of each file that was run as a script, beside it: `node code-cache.cjs START ARGUMENT...`.
const { writeFileSync } = require('node:fs');
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
    writeFileSync(file.replace(/\.js$/, '.bin'), script.createCachedData());
  process.exitCode = 0;
});
require(start);
