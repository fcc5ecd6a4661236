import fc from 'fast-check';
import {
  OrganizationChecks,
  type OrganizationChecksProps,
} from '../../lib/constructs/governance/organization-checks';
import type { Pattern } from '../support/pattern';

type Options = Omit<OrganizationChecksProps, 'template'>;

const template = `Resources:
  Rds01:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: RDS-01-rds-multi-az-support
      Source: { Owner: AWS, SourceIdentifier: RDS_MULTI_AZ_SUPPORT }
`;

export const organizationChecks: Pattern<Options> = {
  construct: 'OrganizationChecks',
  tierDecidesNothing:
    'it judges accounts of every tier; the tier is chosen where the pack is exported (`nines export config-pack --tier`)',
  build: (stack) => {
    // minimal
    new OrganizationChecks(stack, 'Checks', { template });
    // end
  },
  options: fc.record(
    {
      packName: fc.constantFrom('nines', 'nines-tier-1', '1', 'no name'),
      excludedAccounts: fc.subarray(['111122223333', '444455556666', '42']),
      regions: fc.subarray(['eu-north-1', 'us-east-1', 'eu-west-1', 'mars']),
      organizationalUnitId: fc.constantFrom('ou-abcd-12345678', 'r-abcd', 'units'),
      deliveryBucketName: fc.constantFrom('awsconfigconforms-shop', 'shop'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new OrganizationChecks(stack, 'Checks', { template, ...options });
  },
};
