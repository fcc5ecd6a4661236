import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a CommonJS file with what V8 made of it when the package was built, which stands beside it, and gives its exports.
 * Another version of V8 compiles it anew.
 */
export function runCompiled(file: string, require: NodeJS.Require): unknown {
  const compiled = file.replace(/\.js$/, '.bin');
  const script = new Script(wrap(readFileSync(file, 'latin1')), {
    filename: file,
    ...(existsSync(compiled) && { cachedData: readFileSync(compiled) }),
  });
  const own = { exports: {} };
  script.runInThisContext()(own.exports, require, own, file, dirname(file));
  return own.exports;
}
