import { resolveServices } from '../../lib/audit/services';
import { ConfigurationError } from '../../lib/errors';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { parseConfig } from '../../lib/records/config';
import { graphOf, type TestApp } from '../support/graph';

const bucket = (tags: Readonly<Record<string, string>> = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
});

function catalogueOf(name: string, tier: Tier, resources?: readonly string[]) {
  const service = new Service({ name, tier, owner: 'team' });
  return {
    'cdk-nines': {
      schema: 'cdk-nines.catalogue/1',
      services: [catalogueService(service, resources ? { resources } : {})],
    },
  };
}

/** The service that one resource of an app is judged for, as `name/tier`. */
function serviceOf(app: TestApp, logicalId: string, config = '') {
  const graph = graphOf(app);
  const services = resolveServices(graph, {
    config: parseConfig(config || 'services: []', 'nines.config.yaml'),
  });
  const resource = graph.resources.find((candidate) => candidate.logicalId === logicalId);
  const found = resource && services.of(resource);
  return `${found?.name ?? '-'}/${found?.tier}`;
}

const tagged = {
  Type: 'AWS::SQS::Queue',
  Properties: { Tags: [{ Key: 'resilience:service', Value: 'shop' }] },
};

describe('the service of a resource', () => {
  it('is none, at tier 1, where nobody declares one', () => {
    expect(serviceOf({ Resources: { B: bucket() } }, 'B')).toBe('-/1');
  });

  it('is that of the catalogue that lists it', () => {
    const template = {
      Metadata: catalogueOf('shop', Tier.MISSION_CRITICAL, ['B']),
      Resources: { B: bucket({ 'resilience:service': 'other' }) },
    };
    expect(serviceOf(template, 'B')).toBe('shop/0');
  });

  it('is the first that lists it, where several do', () => {
    const of = (name: string, tier: Tier) => catalogueOf(name, tier, ['B'])['cdk-nines'];
    const [shop, search] = [of('shop', Tier.MISSION_CRITICAL), of('search', Tier.IMPORTANT)];
    const services = [...shop.services, ...search.services];
    const template = {
      Metadata: { 'cdk-nines': { ...shop, services } },
      Resources: { B: bucket() },
    };
    expect(serviceOf(template, 'B')).toBe('shop/0');
  });

  it('is the only one that its stack declares', () => {
    expect(
      serviceOf({ Metadata: catalogueOf('shop', Tier.IMPORTANT), Resources: { B: bucket() } }, 'B'),
    ).toBe('shop/2');
  });

  it('is that of the stack that nests its own', () => {
    const inner = { template: { Resources: { B: bucket() } } };
    const outer = {
      Metadata: catalogueOf('shop', Tier.IMPORTANT),
      Resources: { N: { Type: 'AWS::CloudFormation::Stack' } },
    };
    expect(serviceOf({ stacks: { Outer: { template: outer, nested: { N: inner } } } }, 'B')).toBe('shop/2');
  });

  it('is that of its tags', () => {
    expect(
      serviceOf({ Resources: { B: bucket({ 'resilience:service': 'shop', 'resilience:tier': '3' }) } }, 'B'),
    ).toBe('shop/3');
  });

  it('has the role of its own region, where stacks of several declare it', () => {
    const shop = new Service({ name: 'shop', tier: Tier.IMPORTANT, owner: 'team-shop' });
    const stackAs = (role: RegionRole, region: string) => ({
      region,
      template: {
        Metadata: {
          'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop, { role })] },
        },
        Resources: { [role]: tagged },
      },
    });
    const graph = graphOf({
      stacks: {
        Ireland: stackAs(RegionRole.PRIMARY, 'eu-west-1'),
        Frankfurt: stackAs(RegionRole.STANDBY, 'eu-central-1'),
        Beside: { region: 'eu-central-1', template: { Resources: { beside: tagged } } },
        Elsewhere: { region: 'us-east-1', template: { Resources: { elsewhere: tagged } } },
      },
    });
    const services = resolveServices(graph);
    const roles = graph.resources.map((resource) => [
      resource.logicalId,
      services.of(resource).catalogue?.role,
    ]);
    expect(Object.fromEntries(roles)).toEqual({
      [RegionRole.PRIMARY]: RegionRole.PRIMARY,
      [RegionRole.STANDBY]: RegionRole.STANDBY,
      beside: RegionRole.STANDBY,
      elsewhere: undefined,
    });
  });

  it('is that of its own stage, where a stack of another one stands in its region', () => {
    const declaring = (tier: Tier, stage: string, region: string) => ({
      region,
      stage,
      template: { Metadata: catalogueOf('shop', tier), Resources: {} },
    });
    const beside = (stage: string, region: string) => ({
      region,
      stage,
      template: { Resources: { [stage.replace('/', '')]: tagged } },
    });
    const app = {
      stacks: {
        'Dev/Shop': declaring(Tier.STANDARD, 'Dev', 'eu-west-1'),
        'Prod/Shop': declaring(Tier.MISSION_CRITICAL, 'Prod', 'eu-west-1'),
        'Test/Shop': declaring(Tier.IMPORTANT, 'Test', 'eu-central-1'),
        'Dev/Queue': beside('Dev', 'eu-west-1'),
        'Prod/Queue': beside('Prod', 'eu-west-1'),
        'Prod/One/Queue': beside('Prod/One', 'eu-west-1'),
        'Test/Queue': beside('Test', 'eu-west-1'),
        'Other/Queue': beside('Other', 'eu-central-1'),
      },
    };
    const tiers = ['Dev', 'Prod', 'ProdOne', 'Test', 'Other'].map((id) => serviceOf(app, id));
    expect(tiers).toEqual(['shop/3', 'shop/0', 'shop/0', 'shop/2', 'shop/2']);
  });

  it('is that of the configuration, by tag before path before stack', () => {
    const config = [
      'services:',
      '  - {name: by-stack, tier: 0, stacks: ["S*"]}',
      '  - {name: by-path, tier: 2, paths: ["S/Data/*"]}',
      '  - {name: by-tag, tier: 3, tags: {app: x}}',
    ].join('\n');
    const app = {
      stacks: {
        S: {
          template: { Resources: { A: bucket(), B: bucket(), C: bucket({ app: 'x' }) } },
          paths: { A: 'S/Web/A', B: 'S/Data/B', C: 'S/Data/C' },
        },
      },
    };
    expect(['A', 'B', 'C'].map((id) => serviceOf(app, id, config))).toEqual([
      'by-stack/0',
      'by-path/2',
      'by-tag/3',
    ]);
  });

  it('fails when the catalogue is of a form that this release does not know', () => {
    const template = {
      Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/9', services: [] } },
      Resources: { B: bucket() },
    };
    expect(() => serviceOf(template, 'B')).toThrow(ConfigurationError);
  });
});

describe('regions of the configuration', () => {
  const config = parseConfig(
    [
      'services:',
      '  - name: shop',
      '    tier: 1',
      '    stacks: ["shop-*"]',
      '    regions: { eu-west-1: primary, eu-central-1: standby, eu-west-3: witness }',
      '    approach: warm-standby',
    ].join('\n'),
    'nines.config.yaml',
  );
  const queue = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
  const app = (other: object = {}) =>
    graphOf({
      stacks: {
        'shop-west': { region: 'eu-west-1', template: queue },
        'shop-central': { region: 'eu-central-1', template: queue },
        'shop-paris': { region: 'eu-west-3', template: queue },
        'shop-north': { region: 'eu-north-1', template: queue },
        'shop-anywhere': { template: queue },
        ...other,
      },
    });

  it('give a service the same words as the catalogue does', () => {
    const graph = app();
    const services = resolveServices(graph, { config });
    const said = graph.resources.map((resource) => {
      const { role, approach } = services.of(resource);
      return [resource.stack.id, role, approach];
    });
    expect(said).toEqual([
      ['shop-west', RegionRole.PRIMARY, 'WARM_STANDBY'],
      ['shop-central', RegionRole.STANDBY, 'WARM_STANDBY'],
      ['shop-paris', RegionRole.WITNESS, 'WARM_STANDBY'],
      ['shop-north', undefined, 'WARM_STANDBY'],
      ['shop-anywhere', undefined, 'WARM_STANDBY'],
    ]);
  });

  it('are the places of a service, without its witness', () => {
    const services = resolveServices(app(), { config });
    expect(services.placesOf('shop').map(({ stack, role }) => [stack.id, role])).toEqual([
      ['shop-west', RegionRole.PRIMARY],
      ['shop-central', RegionRole.STANDBY],
    ]);
    expect(services.placesOf('other')).toEqual([]);
    expect(services.placesOf(undefined)).toEqual([]);
    expect(resolveServices(app()).placesOf('shop')).toEqual([]);
  });

  it('hold for what a tag gives to the service', () => {
    const graph = app({ tagged: { region: 'eu-west-1', template: { Resources: { Q: tagged } } } });
    const services = resolveServices(graph, { config });
    const [, resource] = graph.resources.filter(({ region }) => region === 'eu-west-1');
    expect(resource?.stack.id).toBe('tagged');
    expect(resource && services.of(resource).role).toBe(RegionRole.PRIMARY);
    expect(services.placesOf('shop').map(({ stack }) => stack.id)).toContain('tagged');
  });

  it('count a stack once that its constructs declare too', () => {
    const shop = new Service({ name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team' });
    const Metadata = {
      'cdk-nines': {
        schema: CATALOGUE_SCHEMA,
        services: [catalogueService(shop, { role: RegionRole.PRIMARY })],
      },
    };
    const graph = app({ 'shop-west': { region: 'eu-west-1', template: { Metadata, ...queue } } });
    const places = resolveServices(graph, { config }).placesOf('shop');
    expect(places.map(({ stack }) => stack.id)).toEqual(['shop-west', 'shop-central']);
  });
});
