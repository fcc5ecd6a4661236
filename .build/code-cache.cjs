// Keeps what V8 compiled of the command beside it: `node code-cache.cjs START COMPILED ARGUMENT...` calls the command.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const [, , start, compiled, ...args] = process.argv;
const scripts = [];
vm.Script = class extends vm.Script {
  constructor(...parameters) {
    super(...parameters);
    scripts.push(this);
  }
};
process.argv = [process.execPath, start, ...args];
process.stdout.write = () => true;
process.on('exit', () => {
  writeFileSync(compiled, scripts[0].createCachedData());
  process.exitCode = 0;
});
require(start);
