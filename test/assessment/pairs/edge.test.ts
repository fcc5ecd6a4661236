import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, ref } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const API = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } };
const CLOUDFRONT = 1e-3;

/** Two regions, each with an API; the first has what else is given. */
function regions(west: Resources) {
  return assessed({
    stacks: {
      west: { region: 'eu-west-1', template: { Resources: { Api: API, ...west } } },
      north: {
        region: 'eu-north-1',
        template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } } },
      },
    },
  });
}

const down = ({ availability }: ReturnType<typeof regions>) => availability.unavailability;

describe('a distribution', () => {
  const host = { 'Fn::Join': ['', [ref('Api'), '.execute-api.eu-west-1.amazonaws.com']] };
  const origins = [
    { Id: 'first', DomainName: host },
    { Id: 'second', DomainName: 'other.execute-api.eu-north-1.amazonaws.com' },
    { Id: 'files', DomainName: 'backup.s3.eu-north-1.amazonaws.com' },
  ];
  const group = (codes: readonly number[], members: readonly string[] = ['first', 'second']) => ({
    Id: 'both',
    FailoverCriteria: { StatusCodes: { Quantity: codes.length, Items: codes } },
    Members: { Quantity: 2, Items: members.map((OriginId) => ({ OriginId })) },
  });
  const distribution = (target: string, config: object = {}, behaviour: object = {}) =>
    regions({
      Edge: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Enabled: true,
            Origins: origins,
            OriginGroups: { Quantity: 1, Items: [group([500, 502, 503, 504])] },
            DefaultCacheBehavior: { TargetOriginId: target, ...behaviour },
            ...config,
          },
        },
      },
    });
  const single = distribution('first');
  const both = distribution('both');

  it('stops with its one origin, and with itself as its agreement allows', () => {
    expect(singlePoints(single)).toEqual(
      expect.arrayContaining(['service:cloudfront', 'service:api-gateway@eu-west-1', 'region:eu-west-1']),
    );
    const share = single.availability.shares.find(({ event }) => event.id === 'service:cloudfront');
    expect(share?.event.likelihood.unavailability).toBe(CLOUDFRONT);
  });

  it('asks the second origin of a group without a switch that could fail, once the first was tried', () => {
    expect(singlePoints(both)).not.toContain('service:api-gateway@eu-west-1');
    expect(eventIds(both).filter((id) => id.startsWith('switch'))).toEqual(['switching:west/Edge both']);
    const tried = both.availability.model.events.get('switching:west/Edge both');
    expect(tried?.likelihood.unavailability).toBeCloseTo(shareOfOutage(30), 12);
    expect(assumptionsOf(both)).toMatch(/up to 30 s later: .*only reads are asked again/);
    expect(down(both)).toBeLessThan(down(single) - 4e-4);
  });

  it('comes back from the loss of a region in the time of its tries', () => {
    const tries = { ConnectionAttempts: 2, ConnectionTimeout: 5 };
    const quick = distribution('both', { Origins: [{ ...origins[0], ...tries }, ...origins.slice(1)] });
    expect(both.recovery.region.rtoSeconds).toBe(30);
    expect(quick.recovery.region.rtoSeconds).toBe(10);
    expect(both.recovery.region.rtoTerms.map(({ what }) => what)).toEqual([
      'each request tries the first origin',
    ]);
  });

  it('is not served by a page from a bucket in place of what works something out', () => {
    const members = (...ids: readonly string[]) => ({
      OriginGroups: { Quantity: 1, Items: [group([500, 502, 503, 504], ids)] },
    });
    const sorry = distribution('both', members('first', 'files'));
    expect(singlePoints(sorry)).toContain('service:api-gateway@eu-west-1');
    expect(down(sorry)).toBeCloseTo(down(single), 12);
    expect(assumptionsOf(sorry)).toMatch(
      /does not help: backup.s3.eu-north-1.amazonaws.com holds files, such as a page that says sorry, and does not do what west\/Api does/,
    );
    const worked = distribution('both', members('files', 'second'));
    expect(singlePoints(worked)).not.toContain('service:s3@eu-north-1');
  });

  it('does not ask it where its criteria name no status of an origin that is gone', () => {
    const blind = distribution('both', { OriginGroups: { Quantity: 1, Items: [group([404])] } });
    expect(singlePoints(blind)).toContain('service:api-gateway@eu-west-1');
    expect(assumptionsOf(blind)).toMatch(/no status code of its criteria \(404\)/);
    expect(down(blind)).toBeCloseTo(down(single), 12);
  });

  it('does not ask it for writes', () => {
    const writes = distribution('both', {}, { AllowedMethods: ['GET', 'HEAD', 'POST'] });
    expect(singlePoints(writes)).toContain('service:api-gateway@eu-west-1');
    expect(assumptionsOf(writes)).toMatch(/takes writes/);
  });

  it('needs the origin of each of its paths', () => {
    const paths = distribution('first', {
      CacheBehaviors: [{ PathPattern: '/files', TargetOriginId: 'files' }],
    });
    expect(singlePoints(paths)).toContain('service:s3@eu-north-1');
    expect(singlePoints(paths)).toContain('region:eu-north-1');
    expect(down(paths)).toBeGreaterThan(down(single) + 9e-4);
  });

  it('needs its functions at the edge, but not the region that they come from', () => {
    const behaviour = {
      LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: ref('Version') }],
    };
    const resources = (edge: boolean) =>
      assessed({
        stacks: {
          global: {
            region: 'us-east-1',
            template: {
              Resources: {
                ...(edge && { Handler: { Type: 'AWS::Lambda::Function', Properties: {} } }),
                ...(edge && {
                  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Handler') } },
                }),
                Edge: {
                  Type: 'AWS::CloudFront::Distribution',
                  Properties: {
                    DistributionConfig: {
                      Origins: [{ Id: 'one', DomainName: 'shop.example.net' }],
                      DefaultCacheBehavior: { TargetOriginId: 'one', ...(edge && behaviour) },
                    },
                  },
                },
              },
            },
          },
        },
      });
    const [with_, without] = [resources(true), resources(false)];
    expect(singlePoints(with_)).toContain('service:lambda-edge');
    expect(eventIds(with_)).not.toContain('region:us-east-1');
    expect(down(with_)).toBeGreaterThan(down(without) + 4e-4);
  });
});

describe('an accelerator', () => {
  const endpoints = (region: string, weight = 100) => ({
    ListenerArn: ref('Listener'),
    EndpointGroupRegion: region,
    EndpointConfigurations: [{ EndpointId: `eipalloc-${region}`, Weight: weight }],
  });
  const accelerator = (groups: readonly object[]) =>
    assessed({
      Resources: {
        Way: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'way' } },
        Listener: {
          Type: 'AWS::GlobalAccelerator::Listener',
          Properties: { AcceleratorArn: attribute('Way', 'AcceleratorArn'), PortRanges: [], Protocol: 'TCP' },
        },
        ...Object.fromEntries(
          groups.map((properties, index) => [
            `Group${index}`,
            { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: properties },
          ]),
        ),
      },
    });
  const one = accelerator([endpoints('eu-west-1')]);
  const two = accelerator([endpoints('eu-west-1'), endpoints('eu-north-1')]);

  it('with one group of endpoints stops with its region, and with two it does not', () => {
    expect(singlePoints(one)).toContain('region:eu-west-1');
    expect(singlePoints(two)).toEqual(['resource:app/Way', 'software:app']);
    expect(down(two)).toBeLessThan(down(one) / 5);
  });

  it('leads users to the other group in the time of its health checks, with no TTL', () => {
    const quick = accelerator([
      { ...endpoints('eu-west-1'), HealthCheckIntervalSeconds: 10, ThresholdCount: 3 },
      { ...endpoints('eu-north-1'), HealthCheckIntervalSeconds: 10, ThresholdCount: 3 },
    ]);
    const waits = two.availability.shares.find(({ event }) => event.id === 'switching:app/Group0');
    expect(waits?.event.what).toMatch(/the 90 s/);
    expect(down(quick)).toBeLessThan(down(two));
  });

  it('asks a group whose dial is at 0 when the others are broken', () => {
    const waiting = accelerator([
      endpoints('eu-west-1'),
      { ...endpoints('eu-north-1'), TrafficDialPercentage: 0 },
    ]);
    expect(singlePoints(waiting)).toEqual(['resource:app/Way', 'software:app']);
    expect(eventIds(waiting)).not.toContain('switching:app/Group1');
    expect(down(waiting)).toBeLessThan(down(two));
  });
});
