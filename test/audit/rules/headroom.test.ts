import { groupsHaveHeadroom, standbyStartsInTime } from '../../../lib/audit/rules/headroom';
import { CATALOGUE_SCHEMA, catalogueService } from '../../../lib/objectives/catalogue';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const group = (properties: object) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { AvailabilityZones: ZONES, ...properties },
});
const nodes = (ScalingConfig: object, Subnets: unknown = ['SubnetA', 'SubnetB'].map((Ref) => ({ Ref }))) => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: { ScalingConfig, Subnets },
});
const SUBNETS = subnetsIn('eu-west-1a', 'eu-west-1b');

checks(groupsHaveHeadroom, {
  passes: {
    'two thirds of the maximum are desired': {
      Resources: { Subject: group({ MinSize: '2', MaxSize: '9', DesiredCapacity: '6' }) },
    },
    'nodes may double': {
      Resources: { ...SUBNETS, Subject: nodes({ MinSize: 2, MaxSize: 8, DesiredSize: 4 }) },
    },
    'the minimum is desired where nothing else is': {
      Resources: { Subject: group({ MinSize: 4, MaxSize: 6 }) },
    },
  },
  fails: {
    'it cannot grow': { Resources: { Subject: group({ MinSize: 3, MaxSize: 3 }) } },
    'more is desired than two of three zones hold': {
      Resources: { Subject: group({ MinSize: 1, MaxSize: 9, DesiredCapacity: 7 }) },
    },
    'it stands in one zone': {
      Resources: { Subject: group({ AvailabilityZones: ['eu-west-1a'], MinSize: 1, MaxSize: 9 }) },
    },
    'nodes cannot grow': {
      Resources: { ...SUBNETS, Subject: nodes({ MinSize: 2, MaxSize: 2, DesiredSize: 2 }) },
    },
    'the nodes desired are the most there may be': {
      Resources: { ...SUBNETS, Subject: nodes({ MinSize: 1, MaxSize: 4, DesiredSize: 4 }) },
    },
  },
  unknown: {
    'the maximum is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: group({ MinSize: 1, MaxSize: GIVEN }) },
    },
    'the minimum is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: group({ MinSize: GIVEN, MaxSize: 9, DesiredCapacity: 3 }) },
    },
    'what is desired is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: group({ MinSize: 1, MaxSize: 9, DesiredCapacity: GIVEN }) },
    },
    'the zones are given at deploy': {
      Parameters: { Given: { Type: 'CommaDelimitedList' } },
      Resources: { Subject: group({ AvailabilityZones: GIVEN, MinSize: 1, MaxSize: 9 }) },
    },
    'no size is set': { Resources: { Subject: { Type: 'AWS::EKS::Nodegroup' } } },
    'no minimum is set': { Resources: { Subject: group({ MaxSize: 9 }) } },
  },
  notApplicable: 'below tier 1, and in a standby that starts late: see below',
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
  },
});

/** A region of a service with a role. */
function region(tier: Tier, role: RegionRole, subject: unknown) {
  const shop = new Service({ name: 'shop', tier, owner: 'team-shop' });
  return {
    Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop, { role })] } },
    ...WITH_PARAMETER,
    Resources: { Subject: subject },
  };
}
const standby = (subject: unknown, tier: Tier = Tier.BUSINESS_CRITICAL) =>
  region(tier, RegionRole.STANDBY, subject);
const tasks = (DesiredCount: unknown, more: object = {}) => ({
  Type: 'AWS::ECS::Service',
  Properties: { DesiredCount, ...more },
});

it('does not ask headroom of tier 2, or of a pilot light', () => {
  const FIXED = { Resources: { Subject: group({ MinSize: 3, MaxSize: 3 }) } };
  expect(outcomeOf(groupsHaveHeadroom, FIXED, Tier.IMPORTANT)).toBe('notApplicable');
});

checks(standbyStartsInTime, {
  passes: {
    'a task runs': standby(tasks(1)),
    'an instance runs': standby(group({ MinSize: 1, MaxSize: 3 })),
    'nothing runs in a pilot light that starts in time': standby(
      tasks(0, { HealthCheckGracePeriodSeconds: 60 }),
      Tier.IMPORTANT,
    ),
  },
  fails: {
    'no task runs': standby(tasks(0)),
    'no instance runs': standby(group({ MinSize: 0, MaxSize: 3 })),
    'what starts warms up for longer than the recovery time': standby(
      tasks(0, { HealthCheckGracePeriodSeconds: 60_000 }),
      Tier.IMPORTANT,
    ),
  },
  unknown: {
    'how many run is given at deploy': standby(tasks(GIVEN)),
    'the warm-up is given at deploy': standby(
      group({ MinSize: 0, MaxSize: 0, DefaultInstanceWarmup: GIVEN }),
      Tier.IMPORTANT,
    ),
  },
  notApplicable: {
    'the region is the primary': region(Tier.BUSINESS_CRITICAL, RegionRole.PRIMARY, tasks(0)),
    'nobody says what the region is for': { Resources: { Subject: tasks(0) } },
    'daemons are not counted': standby(tasks(0, { SchedulingStrategy: 'DAEMON' })),
  },
  equivalent: {
    'Subject.AvailabilityZones.*': 'how many run decides, not where',
    'Subject.MaxSize': 'how many run decides, not how many may',
  },
});
