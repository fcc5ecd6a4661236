import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AWS_SLAS } from '../../lib/calculus/aws-slas';
import {
  ASSUMED_UNAVAILABILITY,
  likelihoodBySla,
  likelihoodOf,
  without,
} from '../../lib/calculus/likelihood';
import { expectFresh, ROOT } from '../support/fresh';

const { region, zone } = ASSUMED_UNAVAILABILITY;

function of(value: number) {
  return likelihoodOf('it', { value, source: 'a page', asOf: '2026-11', confidence: 'documented' });
}

describe('a likelihood', () => {
  it('by an agreement is what the agreement leaves, with its page', () => {
    expect(likelihoodBySla(AWS_SLAS.dynamoDb, 'a table')).toEqual({
      unavailability: 0.0001,
      terms: [
        {
          what: 'a table',
          value: 0.0001,
          source: 'https://aws.amazon.com/dynamodb/sla/',
          asOf: '2026-04',
          confidence: 'documented',
        },
      ],
    });
  });

  it('by an agreement of 100 % is assumed: nothing never fails', () => {
    expect(likelihoodBySla(AWS_SLAS.route53, 'answers')).toBe(ASSUMED_UNAVAILABILITY.globalDataPlane);
  });

  it('without a domain that is counted by itself comes to the whole with it', () => {
    const rest = without(region, of(1e-4));
    expect(1 - (1 - rest.unavailability) * (1 - region.unavailability)).toBeCloseTo(1e-4, 15);
    expect(rest.terms.map(({ what }) => what)).toEqual([
      'it',
      'without loss of one region, which is counted by itself',
    ]);
  });

  it('that is less than a domain has alone stays as it is', () => {
    const small = of(1e-6);
    expect(without(zone, small)).toBe(small);
  });
});

describe('docs/assess.md', () => {
  it('lists every assumption', () => {
    const rows = Object.entries(ASSUMED_UNAVAILABILITY).map(
      ([name, { unavailability, terms }]) => `| \`${name}\` | ${unavailability} | ${terms[0]?.what} |`,
    );
    const file = 'docs/assess.md';
    const text = readFileSync(join(ROOT, file), 'utf8');
    const filled = text.replace(
      /<!-- generated:assumptions -->[\s\S]*?<!-- end -->/,
      () =>
        `<!-- generated:assumptions -->\n| Name | Of the time | Is |\n|---|---|---|\n${rows.join('\n')}\n<!-- end -->`,
    );
    expectFresh(file, filled);
  });
});
