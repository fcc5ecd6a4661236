import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TIERS } from '../../lib/objectives/tier';
import { allPatterns, appOf, surroundings } from '../support/pattern';
import { lintErrors, templatesIn } from './cfn-lint';

it('cfn-lint has no error on any pattern at any tier', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-lint-'));
  for (const pattern of allPatterns()) {
    for (const tier of TIERS.filter((each) => !pattern.refused?.[each])) {
      const outdir = join(folder, `${pattern.construct}-${tier}`);
      appOf(pattern, surroundings(pattern, tier), outdir).synth();
    }
  }
  expect(await lintErrors(templatesIn(folder))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
}, 1_200_000);
