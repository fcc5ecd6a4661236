import { zonesCanBeLeft } from '../../../lib/audit/rules/zonal-shift';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const group = (properties: object) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: properties,
});
const SHIFTS = { AvailabilityZoneImpairmentPolicy: { ZonalShiftEnabled: true } };
const balancer = (Value: unknown, more: object = {}) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { LoadBalancerAttributes: [{ Key: 'zonal_shift.config.enabled', Value }], ...more },
});
const autoshift = (ZonalAutoshiftStatus: unknown) => ({
  Type: 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration',
  Properties: { ResourceIdentifier: { Ref: 'Subject' }, ZonalAutoshiftStatus },
});
const PLAIN = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };

checks(zonesCanBeLeft, {
  passes: {
    'a group leaves an impaired zone': { Resources: { Subject: group(SHIFTS) } },
    'a load balancer takes zonal shift': { Resources: { Subject: balancer('true') } },
    'a load balancer has autoshift': { Resources: { Subject: PLAIN, Shift: autoshift('ENABLED') } },
    'a cluster takes zonal shift': {
      Resources: {
        Subject: { Type: 'AWS::EKS::Cluster', Properties: { ZonalShiftConfig: { Enabled: true } } },
      },
    },
  },
  fails: {
    'a group says nothing': { Resources: { Subject: group({}) } },
    'a load balancer does not': { Resources: { Subject: balancer('false') } },
    'autoshift is off': { Resources: { Subject: PLAIN, Shift: autoshift('DISABLED') } },
    'a cluster does not': { Resources: { Subject: { Type: 'AWS::EKS::Cluster' } } },
  },
  unknown: {
    'whether it does is given at deploy': { ...WITH_PARAMETER, Resources: { Subject: balancer(GIVEN) } },
    'whether autoshift is on is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: PLAIN, Shift: autoshift(GIVEN) },
    },
    'the kind of load balancer is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Subject: balancer('false', { Type: GIVEN }) },
    },
  },
  notApplicable: {
    'a gateway load balancer takes none': { Resources: { Subject: balancer('false', { Type: 'gateway' }) } },
  },
});

describe('a group of tier 0', () => {
  const judge = (properties: object) =>
    outcomeOf(zonesCanBeLeft, { Resources: { Subject: group(properties) } }, Tier.MISSION_CRITICAL);

  it('says how it spreads too', () => {
    expect(judge(SHIFTS)).toBe('fail');
    expect(
      judge({ ...SHIFTS, AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-only' } }),
    ).toBe('pass');
  });
});
