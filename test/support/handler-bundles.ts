import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from './fresh';

/** Handlers that are small enough to stand in a template, by the name of the constant that holds them. */
const HANDLERS: Readonly<Record<string, string>> = {
  VALIDATE_RESTORE: 'validate-restore.ts',
  WATCH_RESTORES: 'watch-restores.ts',
};

/** A handler as one file, without the SDK of AWS, which the runtime brings along. */
export function bundleOf(file: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'lib', 'handlers', file)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*'],
    legalComments: 'none',
  });
  return outputFiles[0]?.text.trim() ?? '';
}

/** What `handler-bundles.ts` should hold. */
export function handlerBundles(): string {
  const constants = Object.entries(HANDLERS).map(
    ([name, file]) =>
      `/** lib/handlers/${file} @internal */\nexport const ${name} =\n  ${JSON.stringify(bundleOf(file))};\n`,
  );
  return [
    '// Generated from lib/handlers by UPDATE=1 npm test: do not edit.',
    '// biome-ignore-all format: generated',
    '// biome-ignore-all lint: generated',
    '',
    constants.join('\n'),
  ].join('\n');
}
