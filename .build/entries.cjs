// What users import: an app uses a few of the exports, and the rest, with the parts of the CDK that it stands on, waits.
const { readFileSync } = require('node:fs');
const { dirname, posix, resolve } = require('node:path');

/** The module that each export of an entry comes from. */
exports.sourcesOf = (file) => {
  const text = readFileSync(file, 'utf8');
  const modules = new Map(
    [...text.matchAll(/^(?:const|var) (\w+) = require\("(.+)"\);$/gm)].map(([, name, path]) => [name, path]),
  );
  const getters = new Map(
    [...text.matchAll(/return (\w+)\.(\w+); \} \}\);$/gm)].map(([, from, name]) => [name, modules.get(from)]),
  );
  const sourceOf = (name) =>
    getters.has(name) ? `${posix.join(dirname(file), getters.get(name))}.js` : file;
  return new Map(Object.keys(require(resolve(file))).map((name) => [name, sourceOf(name)]));
};

/** The entry: each export comes from its part of the library when it is asked for. */
exports.entryOf = (file, library, codeOf) => {
  const from = posix.relative(dirname(file), library);
  const sources = exports.sourcesOf(file);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `const library = require("${from.startsWith('.') ? from : `./${from}`}");`,
    'const exported = {',
    ...[...sources].map(([name, source]) => `  ${name}: () => ${codeOf(source)}.${name},`),
    '};',
    'for (const name in exported) Object.defineProperty(exports, name, { enumerable: true, get: exported[name] });',
    '// The names, where Node looks for what modules may import.',
    `0 && (module.exports = { ${[...sources.keys()].join(', ')} });`,
    '',
  ].join('\n');
};
