import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './support/imports';
import { brokenWalls, ROOMS } from './support/walls';

const root = join(__dirname, '..');

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('cdk.out') && !file.includes('node_modules'))
    .map((file) => join(folder, file));
}

describe('the house', () => {
  const files = ['lib', 'bin', 'examples'].flatMap(sourcesIn);

  it('has sources to look at', () => expect(files.length).toBeGreaterThan(50));

  it('has no import that breaks a wall', () => {
    expect(files.flatMap((file) => brokenWalls(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('has every room on the table', () => {
    const rooms = readdirSync(join(root, 'lib'))
      .filter((name) => name !== 'index.ts')
      .map((name) => name.replace(/\.ts$/, ''));
    expect(rooms.filter((room) => !ROOMS[room])).toEqual([]);
  });

  it('has floors that never lead back up', () => {
    const order = Object.keys(ROOMS);
    for (const [room, { rooms }] of Object.entries(ROOMS)) {
      expect(rooms.filter((below) => order.indexOf(below) >= order.indexOf(room))).toEqual([]);
    }
  });
});

describe('the wall test fails when', () => {
  const cases: Readonly<Record<string, readonly [file: string, source: string]>> = {
    'a lower floor imports a higher one': ['lib/calculus/a.ts', "import { audit } from '../audit/engine';"],
    'rooms on one floor import each other': [
      'lib/objectives/a.ts',
      "import { Graph } from '../assembly/graph';",
    ],
    'a type is imported upward': ['lib/assembly/a.ts', "import type { Rule } from '../audit/rule';"],
    'a module is required upward': ['lib/audit/a.ts', "const x = require('../cli/run');"],
    'a module is imported upward when it is needed': [
      'lib/audit/a.ts',
      "const x = await import('../cli/run');",
    ],
    'a module is exported upward': ['lib/records/a.ts', "export * from '../audit/rule';"],
    'the judge meets the builder': [
      'lib/audit/a.ts',
      "import { RegionSet } from '../constructs/region/region-set';",
    ],
    'the judge loads the CDK': ['lib/assembly/a.ts', "import { App } from 'aws-cdk-lib/core';"],
    'the judge names a type of the CDK': ['lib/cli/a.ts', "import type { App } from 'aws-cdk-lib/core';"],
    'cdk-nag is loaded outside its entry point': [
      'lib/synth/nines-checks.ts',
      "import { NagPack } from 'cdk-nag';",
    ],
    'an example reaches into the package': [
      'examples/a/app.ts',
      "import { Tier } from '../../lib/objectives/tier';",
    ],
    'the command reaches past its floor': ['bin/nines.ts', "import { audit } from '../lib/audit/engine';"],
  };
  for (const [name, [file, source]] of Object.entries(cases)) {
    it(name, () => expect(brokenWalls(file, source)).toHaveLength(1));
  }

  it('and passes what a comment only mentions', () => {
    expect(
      brokenWalls('lib/calculus/a.ts', "// import x from '../audit/engine'\n/* require('../cli/run') */"),
    ).toEqual([]);
  });
});

describe('the reader of imports', () => {
  const cases: Readonly<Record<string, readonly [source: string, modules: readonly string[]]>> = {
    'reads every form of an import': [
      `import a from './a'; import b, { c as d } from "./b"; import * as e from './e'; import './f';
       import type { G } from './g'; import { type H } from './h'; import i = require('./i');
       import {
         from, // a name like any other
         j,
       } from './j';`,
      ['./a', './b', './e', './f', './g', './h', './i', './j'],
    ],
    'reads every form of an export': [
      `export * from './a'; export * as b from './b'; export { c } from './c'; export type { D } from './d';
       export type * from './e'; export { f as 'a text' } from './f';`,
      ['./a', './b', './c', './d', './e', './f'],
    ],
    'reads what is loaded when it is needed': [
      "const a = await import('./a'); const b = require(`./b`); type C = import('./c').C; f(`${import('./d')}`);",
      ['./a', './b', './c', './d'],
    ],
    'reads on after regular expressions, templates and divisions': [
      "const a = /['\"`/*]/g.test(x) ? y / 2 : `${`it's ${b}`} don't`; import c from './c'; // '",
      ['./c'],
    ],
    'leaves out words of types': ["type Side = 'from' | 'to'; type T = { from: 'x' };", []],
    'leaves out texts': [
      `const a = 'it recovers from'; f('stands here', "import './a'", \`require('./b') \${c} from './d'\`);`,
      [],
    ],
    'leaves out comments': ["// import a from './a'\n/* export * from './b' */ /** require('./c') */", []],
    'leaves out members of those names': ["a.require('./a'); a.import('./b'); Array.from('./c');", []],
    'leaves out what only looks like a clause': [
      "export type From = 'a'; export const from = 'b'; export { c }; const from2 = { import: 'd', from: 'e' };",
      [],
    ],
  };
  for (const [name, [source, modules]] of Object.entries(cases)) {
    it(name, () => expect(importsOf(source)).toEqual(modules));
  }
});
