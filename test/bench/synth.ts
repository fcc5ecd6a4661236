import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..');
const PACKAGE = join(ROOT, 'dist', 'lib', 'index.js');
const SIZES = [2_000, 10_000];

/** Prints what the plug-in adds to `cdk synth`, the CDK's own validator being off. */
export function printShareOfSynth(folder: string): void {
  const app = join(folder, 'synth-app.js');
  buildSync({
    entryPoints: [join(__dirname, 'synth-app.ts')],
    outfile: app,
    bundle: true,
    platform: 'node',
    external: ['aws-cdk-lib', PACKAGE],
    alias: { 'cdk-nines': PACKAGE },
    logLevel: 'error',
  });
  console.log('\nresources    cdk synth    with NinesChecks    more');
  for (const size of SIZES) {
    const [plain, checked] = [synth(folder, [app, size]), synth(folder, [app, size, 'checked'])];
    const more = `${(100 * (checked / plain - 1)).toFixed(0)} %`;
    console.log(`${String(size).padStart(9)}   ${plain.toFixed(2)} s   ${checked.toFixed(2)} s   ${more}`);
  }
}

/** Seconds, the least of three calls. */
function synth(folder: string, app: readonly unknown[]): number {
  const cdk = join(ROOT, 'node_modules', '.bin', 'cdk');
  const outdir = join(folder, 'cdk.out');
  const args = ['synth', '--quiet', '--app', `${process.execPath} ${app.join(' ')}`, '--output', outdir];
  const times = [1, 2, 3].map(() => {
    rmSync(outdir, { recursive: true, force: true });
    const start = process.hrtime.bigint();
    const { stderr } = spawnSync(cdk, args, {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...process.env, CDK_VALIDATION: 'false', NODE_PATH: join(ROOT, 'node_modules') },
    });
    // Findings make the exit code 1 when all is written.
    if (!existsSync(join(outdir, 'manifest.json'))) throw new Error(stderr);
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...times);
}
