import { assess } from '../../lib/assessment/assess';
import type { Assessment, ServiceAssessment } from '../../lib/assessment/assessment';
import { differenceOf } from '../../lib/assessment/difference';
import { parseLoss, simulate } from '../../lib/assessment/simulate';
import { labelOf } from '../../lib/assessment/stages';
import { assessedServices } from '../../lib/audit/assessed-services';
import { audit } from '../../lib/audit/engine';
import { servicesAreAvailable, servicesComeBackInTime } from '../../lib/audit/rules/assessed-objectives';
import { resolveServices } from '../../lib/audit/services';
import { catalogueService, type StackPart } from '../../lib/objectives/catalogue';
import { DependencyKind } from '../../lib/objectives/dependency';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { assumptionsOf } from '../support/assess';
import { graphOf, type TestApp, type TestStack } from '../support/graph';
import { TODAY } from '../support/rule-cases';

const DATABASE = 'AWS::RDS::DBInstance';
const WITH_STANDBY = { Engine: 'postgres', MultiAZ: true };
const ALONE = { Engine: 'postgres', AvailabilityZone: 'eu-west-1a' };

interface Place extends StackPart {
  readonly stage?: string;
  readonly region?: string;
  readonly properties?: object;
  readonly tier?: Tier;
  readonly service?: string;
  readonly dependsOn?: readonly string[];
}

/** A stack that declares the service `shop` and holds one database of it. */
function stack({ stage, region, properties = WITH_STANDBY, tier, ...rest }: Place): TestStack {
  const { service = 'shop', dependsOn = [], ...part } = rest;
  const declared = new Service({
    name: service,
    tier: tier ?? Tier.IMPORTANT,
    owner: 'team',
    dependsOn: dependsOn.map((name) => ({ service: name, kind: DependencyKind.HARD })),
  });
  const catalogue = { schema: 'cdk-nines.catalogue/1', services: [catalogueService(declared, part)] };
  return {
    ...(region !== undefined && { region }),
    ...(stage !== undefined && { stage }),
    template: {
      Metadata: { 'cdk-nines': catalogue },
      Resources: { Db: { Type: DATABASE, Properties: properties } },
    },
  };
}

const appOf = (stacks: Readonly<Record<string, Place>>): TestApp => ({
  stacks: Object.fromEntries(Object.entries(stacks).map(([id, place]) => [id, stack(place)])),
});

function assessmentOf(stacks: Readonly<Record<string, Place>>): Assessment {
  const graph = graphOf(appOf(stacks));
  return assess(graph, assessedServices(graph, resolveServices(graph)));
}

const labelsOf = ({ services }: Assessment) => services.map(({ service }) => labelOf(service));
const one = ({ services }: Assessment, label: string): ServiceAssessment => {
  const found = services.find(({ service }) => labelOf(service) === label);
  if (!found) throw new Error(`there is no ${label}`);
  return found;
};

const DEV = { stage: 'Dev', region: 'eu-west-1', properties: ALONE };
const PROD = { stage: 'Prod', region: 'eu-west-1' };

describe('stages of one app', () => {
  it('are a service each where they have a region in common', () => {
    const both = assessmentOf({ 'Dev/Shop': DEV, 'Prod/Shop': PROD });
    expect(labelsOf(both)).toEqual(['shop (Dev)', 'shop (Prod)']);
    const alone = assessmentOf({ 'Prod/Shop': PROD });
    expect(labelsOf(alone)).toEqual(['shop']);
    expect(one(both, 'shop (Prod)').availability.unavailability).toBe(
      one(alone, 'shop').availability.unavailability,
    );
    expect(one(both, 'shop (Dev)').availability.unavailability).toBeGreaterThan(
      one(both, 'shop (Prod)').availability.unavailability,
    );
    expect(assumptionsOf(one(both, 'shop (Prod)'))).not.toContain('stages');
  });

  it('are regions of one service where they have none in common, and it is said', () => {
    const joined = assessmentOf({
      'Eu/Shop': { ...PROD, stage: 'Eu', role: RegionRole.ACTIVE },
      'Us/Shop': { stage: 'Us', region: 'us-east-1', role: RegionRole.ACTIVE },
    });
    expect(labelsOf(joined)).toEqual(['shop']);
    expect([...one(joined, 'shop').service.roles.keys()]).toEqual(['eu-west-1', 'us-east-1']);
    expect(assumptionsOf(one(joined, 'shop'))).toContain(
      'the stages Eu, Us are taken for regions of one shop',
    );
  });

  it('are a service each where one may be torn down, so that it stands in for no other', () => {
    const places = (nonProduction: boolean) => ({
      'Dev/Shop': { ...DEV, region: 'eu-central-1', nonProduction, role: RegionRole.ACTIVE },
      'Prod/Shop': { ...PROD, role: RegionRole.ACTIVE },
    });
    expect(labelsOf(assessmentOf(places(false)))).toEqual(['shop']);
    const apart = assessmentOf(places(true));
    expect(labelsOf(apart)).toEqual(['shop (Dev)', 'shop (Prod)']);
    expect(one(apart, 'shop (Prod)').recovery.region.meets).not.toBe(true);
    expect([...one(apart, 'shop (Prod)').service.roles.keys()]).toEqual(['eu-west-1']);
  });

  it('are a service each where only deploy gives their regions', () => {
    const places = { 'Dev/Shop': { stage: 'Dev' }, 'Prod/Shop': { stage: 'Prod', region: 'eu-west-1' } };
    expect(labelsOf(assessmentOf(places))).toEqual(['shop (Dev)', 'shop (Prod)']);
  });

  it('may hold the stages of regions, which belong together', () => {
    const apart = assessmentOf({
      'Dev/Eu/Shop': { stage: 'Dev/Eu', region: 'eu-west-1' },
      'Prod/Eu/Shop': { stage: 'Prod/Eu', region: 'eu-west-1' },
      'Prod/Us/Shop': { stage: 'Prod/Us', region: 'us-east-1' },
      'Prod/Names': { stage: 'Prod', region: 'eu-west-1' },
    });
    expect(labelsOf(apart)).toEqual(['shop (Dev)', 'shop (Prod)']);
    expect(one(apart, 'shop (Prod)').service.resources).toHaveLength(3);
    expect(assumptionsOf(one(apart, 'shop (Prod)'))).toContain('the stages Prod/Eu, Prod/Us are taken');
  });

  it('leave what stands in none with the only one, else by itself', () => {
    const names = { Names: { region: 'eu-west-1' } };
    expect(labelsOf(assessmentOf({ ...names, 'Prod/Shop': PROD }))).toEqual(['shop']);
    expect(labelsOf(assessmentOf({ 'Dev/Shop': DEV, ...names, 'Prod/Shop': PROD }))).toEqual([
      'shop (Dev)',
      'shop',
      'shop (Prod)',
    ]);
  });

  it('owe what each of them declares', () => {
    const both = assessmentOf({
      'Dev/Shop': { ...DEV, tier: Tier.STANDARD },
      'Prod/Shop': { ...PROD, tier: Tier.BUSINESS_CRITICAL },
    });
    expect(both.services.map(({ service }) => service.tier)).toEqual([Tier.STANDARD, Tier.BUSINESS_CRITICAL]);
  });

  it('need the services of their own stage', () => {
    const stock = { service: 'stock' };
    const apart = assessmentOf({
      'Dev/Shop': { ...PROD, stage: 'Dev', dependsOn: ['stock'] },
      'Dev/Stock': { ...DEV, ...stock },
      'Prod/Shop': { ...PROD, dependsOn: ['stock'] },
      'Prod/Stock': { ...PROD, ...stock },
    });
    const ids = [...one(apart, 'shop (Prod)').availability.model.resources.values()].map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('Dev/'))).toEqual([]);
    expect(ids).toContain('Prod/Stock/Db');
  });

  it('are lost each by itself', () => {
    const both = assessmentOf({ 'Dev/Shop': DEV, 'Prod/Shop': PROD });
    const stops = simulate(both, [parseLoss('Dev/Shop/Db')]).map(({ stops: each }) => each);
    expect(stops).toEqual([true, false]);
  });
});

describe('the difference of stages', () => {
  const base = { 'Dev/Shop': DEV, 'Prod/Shop': PROD };

  it('is told of the stage that moves', () => {
    const head = { ...base, 'Prod/Shop': { ...PROD, properties: ALONE } };
    const moved = differenceOf(assessmentOf(base), assessmentOf(head));
    expect(moved.map(({ name, stage }) => [name, stage])).toEqual([
      ['shop', 'Dev'],
      ['shop', 'Prod'],
    ]);
    const [dev, prod] = moved.map(({ minutesPerYear: { before = NaN, after = NaN } }) => after - before);
    expect(dev).toBe(0);
    expect(prod).toBeGreaterThan(0);
  });

  it('sees what becomes of a stage beside which another one comes', () => {
    const worse = { 'Dev/Shop': DEV, 'Prod/Shop': { ...PROD, properties: ALONE } };
    const moved = differenceOf(assessmentOf({ 'Prod/Shop': PROD }), assessmentOf(worse));
    expect(moved.map(({ stage, before }) => [stage, before !== undefined])).toEqual([
      ['Dev', false],
      ['Prod', true],
    ]);
  });

  it('holds each stage against what they were together', () => {
    const together = { 'Dev/Shop': { ...DEV, region: 'eu-central-1' }, 'Prod/Shop': PROD };
    const moved = differenceOf(assessmentOf(together), assessmentOf(base));
    expect(
      moved.map(({ stage, before, after }) => [stage, before && labelOf(before.service), !!after]),
    ).toEqual([
      ['Dev', 'shop', true],
      ['Prod', 'shop', true],
    ]);
  });
});

describe('rules on what a service owes', () => {
  it('judge the resources of each stage by the assessment of that stage', () => {
    const graph = graphOf(
      appOf({
        'Dev/Shop': { ...DEV, nonProduction: true },
        'Prod/Shop': { ...PROD, nonProduction: false },
      }),
    );
    const { verdicts } = audit([graph], {
      rules: [servicesComeBackInTime, servicesAreAvailable],
      today: TODAY,
    });
    const zone = verdicts.filter(({ rule, message }) => rule === 'X-42' && /zone/i.test(message));
    expect([...new Set(zone.map(({ stack: id }) => id))]).toEqual(['Dev/Shop']);
    expect(zone[0]?.message).toContain('of shop (Dev)');
    const available = verdicts
      .filter(({ rule }) => rule === 'X-51')
      .map(({ stack: id, verdict }) => [id, verdict]);
    expect(available.map(([id]) => id)).toEqual(['Dev/Shop', 'Prod/Shop']);
  });
});
