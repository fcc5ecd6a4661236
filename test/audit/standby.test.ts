import { documentsSurviveZone } from '../../lib/audit/rules/docdb';
import { serviceSpansZones } from '../../lib/audit/rules/ecs';
import { graphSurvivesZone } from '../../lib/audit/rules/nep';
import { unitsSurviveZoneLoss } from '../../lib/audit/rules/zonal';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { outcomeOf } from '../support/rule-cases';

/** A service with so many tasks, in a region with a role. */
function region(tier: Tier, role: RegionRole | undefined, tasks: number) {
  const shop = new Service({ name: 'shop', tier, owner: 'team-shop' });
  const services = [catalogueService(shop, role === undefined ? {} : { role })];
  return {
    Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services } },
    Resources: { Web: { Type: 'AWS::ECS::Service', Properties: { DesiredCount: tasks } } },
  };
}

describe.each([serviceSpansZones, unitsSurviveZoneLoss])('$id', (rule) => {
  test.each([
    [
      'does not apply to a standby that runs nothing where the tier starts it late',
      Tier.IMPORTANT,
      RegionRole.STANDBY,
      0,
    ],
    ['does not apply to a standby of the last tier that runs nothing', Tier.STANDARD, RegionRole.STANDBY, 0],
  ])('%s', (_, tier, role, tasks) => {
    expect(outcomeOf(rule, region(tier, role, tasks))).not.toBe('fail');
  });

  test.each([
    [
      'a standby runs nothing where the tier owes one that does',
      Tier.BUSINESS_CRITICAL,
      RegionRole.STANDBY,
      0,
    ],
    ['a primary runs nothing', Tier.IMPORTANT, RegionRole.PRIMARY, 0],
    ['nobody says what the region is for', Tier.IMPORTANT, undefined, 0],
    ['a standby runs a single task', Tier.IMPORTANT, RegionRole.STANDBY, 1],
  ])('fails when %s', (_, tier, role, tasks) => {
    expect(outcomeOf(rule, region(tier, role, tasks))).toBe('fail');
  });
});

/** Rules that ask for a second unit of a store, and a resource with one. */
describe.each([
  [documentsSurviveZone, { Orders: { Type: 'AWS::DocDB::DBCluster' }, One: one('AWS::DocDB::DBInstance') }],
  [graphSurvivesZone, { Orders: { Type: 'AWS::Neptune::DBCluster' }, One: one('AWS::Neptune::DBInstance') }],
] as const)('%#', (rule, Resources) => {
  const among = (tier: Tier, role: RegionRole) => ({ ...region(tier, role, 0), Resources });

  test('does not apply to a standby that the failover grows', () => {
    expect(outcomeOf(rule, among(Tier.IMPORTANT, RegionRole.STANDBY))).toBe('notApplicable');
  });

  test('does not apply where the tier owes one unit', () => {
    expect(outcomeOf(rule, among(Tier.STANDARD, RegionRole.PRIMARY))).toBe('notApplicable');
  });

  test('fails where the region serves', () => {
    expect(outcomeOf(rule, among(Tier.IMPORTANT, RegionRole.PRIMARY))).toBe('fail');
    expect(outcomeOf(rule, among(Tier.MISSION_CRITICAL, RegionRole.STANDBY))).toBe('fail');
  });
});

function one(Type: string) {
  return { Type, Properties: { DBClusterIdentifier: { Ref: 'Orders' } } };
}
