import type { DeployedStack } from '../deployed';
import { type Design, type DesignFinding, Expectations, ofType, stackNamed } from './design';
import { keyFindings } from './keys';

/**
 * Tier 1: data in two regions, each under keys of its own; what guards it in an account of its own. The emulator makes no
 * vault, plan, team or global table, so of those only the places are looked at.
 */
export const dataProtection: Design = (stacks) => {
  const regions = ['eu-west-1', 'eu-central-1'].map((region) => stackNamed(stacks, `Ledger-${region}`));
  return [...placeFindings(stacks), ...regions.flatMap(keyFindings), ...apartFindings(regions)];
};

function placeFindings(stacks: readonly DeployedStack[]): DesignFinding[] {
  const expectations = new Expectations('all');
  const places = stacks.map(({ name, account, region }) => [name, account, region].join(' ')).sort();
  expectations.expect(
    'accounts and regions',
    [
      'Approvals 210987654321 us-east-1',
      'Ledger-eu-central-1 123456789012 eu-central-1',
      'Ledger-eu-west-1 123456789012 eu-west-1',
      'Vaults 210987654321 eu-west-1',
    ],
    places,
  );
  return expectations.findings;
}

/** The backups have a key that encrypts nothing else, and no key serves two regions. */
function apartFindings(stacks: readonly DeployedStack[]): DesignFinding[] {
  const expectations = new Expectations('all');
  const keys = stacks.flatMap((stack) => ofType(stack, 'AWS::KMS::Key'));
  const ids = new Set(keys.map(({ physicalId }) => physicalId));
  expectations.expect('keys, each of its own', keys.length, ids.size);
  const ofBackups = keys.filter(({ logicalId }) => logicalId.startsWith('KeyringKey'));
  expectations.expect('keys of the backups', 2, ofBackups.length);
  return expectations.findings;
}
