import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  OrganizationChecks,
  type OrganizationChecksProps,
} from '../../../lib/constructs/governance/organization-checks';
import { configPack } from '../../../lib/evidence/config-pack';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { ALL_RULES } from '../../support/exported';
import { ACCOUNT, refusal, shopStack } from '../fixtures';

const PACK = 'AWS::Config::OrganizationConformancePack';
const SET = 'AWS::CloudFormation::StackSet';
const template = [...configPack({ ...ALL_RULES, pack: 'availability', tier: 1 })].join('');
const UNIT = 'ou-abcd-12345678';

function checksIn(props: Partial<OrganizationChecksProps> = {}, tier = Tier.BUSINESS_CRITICAL) {
  const stack = shopStack(tier);
  new OrganizationChecks(stack, 'Checks', { template, ...props });
  return Template.fromStack(stack);
}

const refused = (props: Partial<OrganizationChecksProps>) => refusal(() => checksIn(props)).message;

describe('OrganizationChecks', () => {
  it.each(TIERS)('set the pack up for the organisation at tier %i', (tier) => {
    const built = checksIn({}, tier);
    built.hasResourceProperties(PACK, {
      OrganizationConformancePackName: 'nines',
      TemplateBody: template,
      ExcludedAccounts: Match.absent(),
    });
    built.resourceCountIs(SET, 0);
  });

  it('leave accounts out', () => {
    checksIn({ excludedAccounts: ['444455556666', '111122223333'] }).hasResourceProperties(PACK, {
      ExcludedAccounts: ['111122223333', '444455556666'],
    });
  });

  it('set the same pack up in further regions, from the account of the delegated administrator', () => {
    const built = checksIn({ regions: ['us-east-1', 'eu-north-1'], organizationalUnitId: UNIT });
    built.hasResourceProperties(SET, {
      CallAs: 'DELEGATED_ADMIN',
      PermissionModel: 'SERVICE_MANAGED',
      StackInstancesGroup: [
        {
          DeploymentTargets: {
            AccountFilterType: 'INTERSECTION',
            Accounts: [ACCOUNT],
            OrganizationalUnitIds: [UNIT],
          },
          Regions: ['eu-north-1', 'us-east-1'],
        },
      ],
    });
    const [set] = Object.values(built.findResources(SET));
    const body = JSON.parse(set?.Properties.TemplateBody);
    expect(body.Resources.Pack).toEqual({
      Type: PACK,
      Properties: { OrganizationConformancePackName: 'nines', TemplateBody: template },
    });
  });

  it.each([
    [{ template: '' }, 'template is missing'],
    [{ template: 'é'.repeat(25_601) }, 'the template has 51202 bytes, but AWS takes 51200'],
    [{ packName: 'no name' }, 'packName is "no name"'],
    [{ excludedAccounts: ['42'] }, 'excludedAccounts has "42"'],
    [
      { excludedAccounts: Array.from({ length: 1_001 }, () => ACCOUNT) },
      '1001 accounts are excluded, but AWS Config takes 1000',
    ],
    [{ deliveryBucketName: 'shop' }, 'deliveryBucketName is "shop"'],
    [{ regions: ['mars'], organizationalUnitId: UNIT }, 'regions has "mars"'],
    [{ regions: ['eu-west-1'], organizationalUnitId: UNIT }, 'regions has eu-west-1, where the stack is'],
    [{ regions: ['us-east-1'] }, 'organizationalUnitId is undefined'],
  ])('are refused with %#', (props, message) => {
    expect(refused(props)).toContain(message);
  });
});
