// Builds the package: the library by the compiler, the command as one file that needs nothing beside it.
const { execFileSync } = require('node:child_process');
const { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

execFileSync(
  process.execPath,
  [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', join('.build', 'tsconfig.json')],
  { stdio: 'inherit' },
);

mkdirSync(join('dist', 'bin'), { recursive: true });
const { metafile } = buildSync({
  entryPoints: [join('bin', 'nines.ts')],
  outfile: join('dist', 'bin', 'nines.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  metafile: true,
  legalComments: 'none',
});
chmodSync(join('dist', 'bin', 'nines.js'), 0o755);
writeFileSync(join('dist', 'bin', 'LICENSES.txt'), licences(Object.keys(metafile.inputs)));

/** What the command bundles, with the licence text of each. */
function licences(inputs) {
  const packages = new Set(
    inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const { version, license } = JSON.parse(
        readFileSync(join('node_modules', name, 'package.json'), 'utf8'),
      );
      return `${name} ${version} (${license})\n\n${readFileSync(join('node_modules', name, 'LICENSE'), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
