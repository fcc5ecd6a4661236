// Jest's environment for Node, which compiles each file once per worker. Jest compiles anew, for each of some 600 test
// files, a thousand files of ours and of the CDK. Shared is the code, not what it makes: modules are still each test's own.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { compileFunction } = vm;

/** By file: what it was compiled from, and to. */
const compiled = new Map();

vm.compileFunction = (source, parameters, options) => {
  const { filename, parsingContext } = options;
  if (!parsingContext) return compileFunction(source, parameters, options);
  const head = `(function (${parameters.join(', ')}) {`;
  const text = `${head}${source}\n})`;
  const known = compiled.get(filename);
  if (known?.text === text) return known.script.runInContext(parsingContext);
  const script = new vm.Script(text, { filename, columnOffset: -head.length });
  compiled.set(filename, { text, script });
  return script.runInContext(parsingContext);
};

module.exports = TestEnvironment;
