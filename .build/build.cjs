// Builds the package: the library and the command as a few files, with what V8 compiles of them and starts for both.
const { execFileSync } = require('node:child_process');
const { chmodSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { bundle, licences } = require('./bundle.cjs');
const { bundleLibrary } = require('./library.cjs');

const START = 'dist/bin/nines.js';

process.chdir(join(__dirname, '..'));
rmSync('dist', { recursive: true, force: true });
run(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', join('.build', 'tsconfig.json'));
void build();

async function build() {
  const files = await bundleLibrary();
  const inputs = await bundle({ entryPoints: ['bin/nines.ts'], outfile: 'dist/bin/command.js' });
  await bundle({ entryPoints: ['bin/start.ts'], outfile: START });
  chmodSync(START, 0o755);
  writeFileSync('dist/LICENSES.txt', licences([...files, ...Object.keys(inputs)]));
  await keepCompiled();
}

/** Judges samples as users do, and keeps what V8 compiled for it. */
async function keepCompiled() {
  const folder = mkdtempSync(join(tmpdir(), 'nines-build-'));
  try {
    const [script, samples] = [join(folder, 'templates.js'), join(folder, 'samples')];
    await bundle({ entryPoints: ['test/bench/templates.ts'], outfile: script });
    require(script).writeTemplates(samples, 100);
    writeFileSync(join(samples, 'every-type.template.json'), JSON.stringify(everyType()));
    const keeper = join('.build', 'code-cache.cjs');
    const outdir = join(folder, 'cdk.out');
    run(keeper, resolve('.build', 'plug-in.cjs'), samples, outdir);
    run(keeper, resolve(START), 'audit', samples, outdir, '--format', 'json');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A resource of each type that a rule looks at. */
function everyType() {
  const { RULES } = require(resolve('dist/lib/audit/index.js'));
  const types = [...new Set(RULES.flatMap(({ appliesTo }) => appliesTo))];
  return { Resources: Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }])) };
}

function run(...args) {
  execFileSync(process.execPath, args, { stdio: 'inherit' });
}
