import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const PATIENCE = join(__dirname, '..', '..', 'lib', 'synth', 'patience.ts');

/** V8 passes over what it compiled under other flags, and tells texts of one length apart by nothing else. */
const SCRIPT = `
  import { Script } from 'node:vm';
  import { optimiseLater } from ${JSON.stringify(PATIENCE)};
  const cachedData = new Script('1 + 1').createCachedData();
  optimiseLater();
  console.log(new Script('2 + 2', { cachedData }).cachedDataRejected ? 'changed' : 'as it was');
`;

function flagsUnder(environment: Readonly<Record<string, string>>): string {
  const { outputFiles } = buildSync({
    stdin: { contents: SCRIPT, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    write: false,
  });
  const env = { ...process.env, ...environment };
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', outputFiles[0]?.text ?? ''], {
    encoding: 'utf8',
    env,
  });
  return `${stdout}${stderr}`.trim();
}

test('V8 optimises later', () => {
  expect(flagsUnder({ NINES_NO_V8_FLAGS: '' })).toBe('changed');
});

test('V8 is left alone where the environment says so', () => {
  expect(flagsUnder({ NINES_NO_V8_FLAGS: '1' })).toBe('as it was');
});
