import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from './fresh';

/**
 * Handlers that are small enough to stand in a template, by the file that holds them beside their constructs and the name of
 * the constant.
 */
export const BUNDLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lib/constructs/recovery/handler-bundles.ts': {
    VALIDATE_RESTORE: 'validate-restore.ts',
    WATCH_RESTORES: 'watch-restores.ts',
  },
  'lib/constructs/observe/detection/handler-bundles.ts': {
    WALK_JOURNEY: 'walk-journey.ts',
    WATCH_HEARTBEAT: 'watch-heartbeat.ts',
    WATCH_VENDOR: 'watch-vendor.ts',
  },
  'lib/constructs/observe/telling/handler-bundles.ts': {
    TELL_INCIDENT: 'tell-incident.ts',
    RESOLVE_OPS_ITEM: 'resolve-ops-item.ts',
  },
};

/** A handler as one file, without the SDK of AWS, which the runtime brings along. */
export function bundleOf(file: string): string {
  const { outputFiles } = buildSync({
    // What else the file exports, for tests, stays out, and so does what esbuild writes around exports.
    stdin: {
      contents: `import { handler } from './${file}';\nmodule.exports = { handler };\n`,
      resolveDir: join(ROOT, 'lib', 'handlers'),
    },
    logLevel: 'error',
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*', '@aws/*'],
    legalComments: 'none',
  });
  return outputFiles[0]?.text.trim() ?? '';
}

/** What a file of bundles should hold. */
export function handlerBundles(file: string): string {
  const constants = Object.entries(BUNDLES[file] ?? {}).map(
    ([name, source]) =>
      `/** lib/handlers/${source} @internal */\nexport const ${name} =\n  ${JSON.stringify(bundleOf(source))};\n`,
  );
  return [
    '// Generated from lib/handlers by UPDATE=1 npm test: do not edit.',
    '// biome-ignore-all format: generated',
    '// biome-ignore-all lint: generated',
    '',
    constants.join('\n'),
  ].join('\n');
}
