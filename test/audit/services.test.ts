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
