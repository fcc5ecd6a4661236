import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TIERS } from '../lib/objectives/tier';
import { allPatterns, appOf, surroundings } from './support/pattern';

const patterns = allPatterns();

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly severity: string;
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

/** What the CDK's own validator calls an error. */
function errorsIn(outdir: string): readonly string[] {
  const { pluginReports } = JSON.parse(
    readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
  ) as Report;
  return pluginReports
    .flatMap(({ violations }) => violations)
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(
      ({ ruleName, description, violatingConstructs }) =>
        `${ruleName} ${violatingConstructs.map(({ constructPath }) => constructPath).join(', ')}: ${description}`,
    );
}

describe('the CDK’s own validator, with its rules as errors', () => {
  const before = process.env.CDK_VALIDATION;
  beforeAll(() => {
    process.env.CDK_VALIDATION = 'true';
  });
  afterAll(() => {
    process.env.CDK_VALIDATION = before;
  });

  const cases = patterns.flatMap((pattern) =>
    TIERS.filter((tier) => !pattern.refused?.[tier]).map(
      (tier) => [pattern.construct, tier, pattern] as const,
    ),
  );

  it.each(cases)('finds no error in %s at tier %i', (_construct, tier, pattern) => {
    const outdir = mkdtempSync(join(tmpdir(), 'nines-validator-'));
    appOf(pattern, surroundings(pattern, tier), outdir).synth();
    expect(errorsIn(outdir)).toEqual([]);
    rmSync(outdir, { recursive: true, force: true });
  });
});
