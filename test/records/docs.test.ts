import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TIERS } from '../../lib/objectives/tier';
import { tierPolicy } from '../../lib/objectives/tier-policy';
import { parseAllowedSigners } from '../../lib/records/allowed-signers';
import { canonicalForm } from '../../lib/records/canonical-form';
import { parseRiskAcceptance } from '../../lib/records/risk-acceptance';
import { signatureChecker } from '../../lib/records/signatures';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'risk-acceptance.md'), 'utf8');

/** The first block of the page in which a text stands. */
function block(text: string): string {
  const blocks = [...PAGE.matchAll(/^```\w*\n([\s\S]*?)\n```$/gm)].map(([, content = '']) => content);
  return blocks.find((content) => content.includes(text)) ?? '';
}

describe('the page on risk acceptance', () => {
  const record = parseRiskAcceptance(
    block('schema: cdk-nines.risk-acceptance/1'),
    'records/orders-database.yaml',
  );

  it('shows a record that is read, and its canonical form', () =>
    expect(canonicalForm(record)).toBe(block('{"approver"')));

  it('shows a signature that is verified by the line it shows', () => {
    const ssh = parseAllowedSigners(block('namespaces="cdk-nines",'), 'allowed_signers');
    const signature = block('BEGIN SSH SIGNATURE');
    expect(signatureChecker({ ssh, pem: [] })({ ...record, signature }, 'signature')).toEqual({
      state: 'verified',
    });
  });

  it('says how long an acceptance may run', () => {
    const days = TIERS.map((tier) => tierPolicy(tier).riskAcceptanceMaximumAge.value.toSeconds() / 86_400);
    expect(days).toEqual([90, 180, 365, 365]);
    expect(PAGE).toContain('At most 90 days at tier 0, 180 at tier 1, 365 at tiers 2 and 3');
  });
});
