import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { dirname, sep } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a CommonJS file with what V8 made of it when the package was built, which stands beside it, and gives its exports.
 * Another version of V8 compiles it anew.
 */
export function runCompiled(file: string, require: NodeJS.Require): unknown {
  const compiled = file.replace(/\.js$/, '.bin');
  const script = new Script(wrap(readFileSync(file, 'latin1')), {
    filename: shownAs(file),
    ...(existsSync(compiled) && { cachedData: readFileSync(compiled) }),
  });
  const own = { exports: {} };
  script.runInThisContext()(own.exports, require, own, file, dirname(file));
  return own.exports;
}

/**
 * What stack traces call it. V8 keeps the name of the build with what it compiled: one that says of what package it is, and of
 * no machine, so that whoever looks for the user's own line passes it over.
 */
function shownAs(file: string): string {
  return ['', 'node_modules', 'cdk-nines', ...file.split(sep).slice(-3)].join('/');
}
