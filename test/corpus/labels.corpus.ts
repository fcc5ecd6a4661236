import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { corpus, NINES } from './corpus';
import listed from './label-disagreements.json';

/** Where we differ from a labelled case, and why our verdict stands. */
const disagreements: readonly { readonly id: string; readonly got: string; readonly reason: string }[] =
  listed;

/** Every family that a case is labelled with. */
function families(): string {
  const cases = JSON.parse(readFileSync(corpus('labelled', 'cases.json'), 'utf8')) as readonly {
    readonly rules: readonly string[];
  }[];
  return [...new Set(cases.flatMap(({ rules }) => rules.map((rule) => rule.replace(/-\d+$/, ''))))].join(',');
}

describe('the labelled cases', () => {
  it('agree with the suites that they come from, but for those listed with their reason', () => {
    const args = [
      corpus('tools', 'labels.py'),
      NINES,
      corpus('labelled', 'cases.json'),
      '0',
      '--show',
      '1000',
      '--rules',
      families(),
    ];
    const { stdout } = spawnSync('python3', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    console.log(stdout);
    const cases = Number(/(\d+) labelled cases:/.exec(stdout)?.[1]);
    const differing = [...stdout.matchAll(/^(miss|alarm|unknown|none) (\S+) /gm)].map(([, got, id]) => ({
      id,
      got,
    }));
    expect(cases).toBeGreaterThan(280);
    expect(differing).toEqual(disagreements.map(({ id, got }) => ({ id, got })));
    expect(disagreements.filter(({ reason }) => reason.length < 20)).toEqual([]);
  }, 300_000);
});
