// The parts of the library, each loaded when it is asked for: a list of modules by name.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { runCompiled } from './compiled';

type Part = Readonly<Record<string, () => unknown>>;

/** jest gives each test a realm of its own, in which an error that a script of ours makes is no `instanceof Error`. */
const isOneRealm = runInThisContext('Object') === Object;

const loaded = new Map<string, Part>();

function part(name: string, plain: () => Part): Part {
  const known = loaded.get(name);
  if (known) return known;
  const file = join(__dirname, `${name}.js`);
  // Nothing stands beside us once somebody has bundled us into an app.
  const modules = isOneRealm && existsSync(file) ? (runCompiled(file, require) as Part) : plain();
  loaded.set(name, modules);
  return modules;
}

module.exports = {
  get building() {
    return part('building', () => require('./building.js'));
  },
  get common() {
    return part('common', () => require('./common.js'));
  },
  get judging() {
    return part('judging', () => require('./judging.js'));
  },
};
