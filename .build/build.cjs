// Builds the package: the library by the compiler; the command as one file, what V8 compiles of it, and a start for both.
const { execFileSync } = require('node:child_process');
const { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

execFileSync(
  process.execPath,
  [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', join('.build', 'tsconfig.json')],
  { stdio: 'inherit' },
);

loadWhenUsed(join('dist', 'lib', 'index.js'));

const BIN = join('dist', 'bin');
const START = join(BIN, 'nines.js');
mkdirSync(BIN, { recursive: true });
const { metafile } = bundle(join('bin', 'nines.ts'), join(BIN, 'command.js'));
bundle(join('bin', 'start.ts'), START);
chmodSync(START, 0o755);
writeFileSync(join(BIN, 'LICENSES.txt'), licences(Object.keys(metafile.inputs)));
keepCompiled();

/** An app uses a few of the exports: the rest, with the parts of the CDK that they stand on, need not be loaded for it. */
function loadWhenUsed(file) {
  const eager = readFileSync(file, 'utf8');
  const modules = new Map(
    [...eager.matchAll(/^(?:const|var) (\w+) = (require\(".+"\));$/gm)].map(([, name, call]) => [name, call]),
  );
  const getters = [...eager.matchAll(/return (\w+)\.(\w+); \} \}\);$/gm)].map(([, from, name]) => [
    name,
    modules.get(from),
  ]);
  const lines = [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const exported = {',
    ...getters.map(([name, call]) => `  ${name}: () => ${call}.${name},`),
    '};',
    'for (const name in exported) Object.defineProperty(exports, name, { enumerable: true, get: exported[name] });',
    '// The names, where Node looks for what modules may import.',
    `0 && (module.exports = { ${getters.map(([name]) => name).join(', ')} });`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
}

function bundle(entry, outfile) {
  return buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    metafile: true,
    legalComments: 'none',
  });
}

/** Audits a sample, and keeps what V8 compiled for it. */
function keepCompiled() {
  const folder = mkdtempSync(join(tmpdir(), 'nines-build-'));
  try {
    const samples = join(folder, 'samples');
    bundle(join('test', 'bench', 'templates.ts'), join(folder, 'templates.js'));
    require(join(folder, 'templates.js')).writeTemplates(samples, 100);
    writeFileSync(join(samples, 'every-type.template.json'), JSON.stringify(everyType()));
    const script = join('.build', 'code-cache.cjs');
    const args = [resolve(START), resolve(BIN, 'command.bin'), 'audit', samples, '--format', 'json'];
    execFileSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A resource of each type that a rule looks at. */
function everyType() {
  const { RULES } = require(resolve('dist', 'lib', 'audit', 'rules', 'index.js'));
  const types = [...new Set(RULES.flatMap(({ appliesTo }) => appliesTo))];
  return { Resources: Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }])) };
}

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
