import { parseLosses, simulate } from '../../../lib/assessment/simulate';
import { ASSUMED_UNAVAILABILITY } from '../../../lib/calculus/likelihood';
import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { alias, attribute, record, ref } from '../../support/designs';
import type { TestStack } from '../../support/graph';

const { region, software, globalDataPlane, switchOnDemand } = Object.fromEntries(
  Object.entries(ASSUMED_UNAVAILABILITY).map(([name, { unavailability }]) => [name, unavailability]),
) as Record<keyof typeof ASSUMED_UNAVAILABILITY, number>;

/** An API of one region by its agreement: 99.95 %, its region included. */
const SIDE = 5e-4;
const OWN = 1 - (1 - SIDE) / (1 - region);

/** A regional API of HTTP with nothing behind it: as small as a target can be. */
const API = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } };

const CHECK = {
  Type: 'AWS::Route53::HealthCheck',
  Properties: {
    HealthCheckConfig: {
      Type: 'HTTPS',
      FullyQualifiedDomainName: 'a.example.com',
      RequestInterval: 30,
      FailureThreshold: 3,
    },
  },
};

const host = { 'Fn::Join': ['', [ref('Api'), '.execute-api.amazonaws.com']] };

type Resources = TestStack['template']['Resources'];

/** Two regions, each with an API and what else is given, mostly its record. */
function twoRegions(west: Resources, north: Resources, regions = ['eu-west-1', 'eu-north-1'] as const) {
  return assessed({
    stacks: {
      west: { region: regions[0], template: { Resources: { Api: API, ...west } } },
      north: { region: regions[1], template: { Resources: { Api: API, ...north } } },
    },
  });
}

interface Failover {
  readonly ttl?: number;
  readonly checked?: boolean;
  readonly secondRegion?: string;
  readonly check?: Resources[string];
  readonly others?: Resources;
}

function failover({
  ttl = 60,
  checked = true,
  secondRegion = 'eu-north-1',
  check = CHECK,
  others = {},
}: Failover) {
  const first = {
    Name: record({
      Failover: 'PRIMARY',
      SetIdentifier: 'first',
      TTL: ttl,
      ResourceRecords: [host],
      ...(checked && { HealthCheckId: ref('Check') }),
    }),
    ...(checked && { Check: check }),
    ...others,
  };
  const second = {
    Name: record({ Failover: 'SECONDARY', SetIdentifier: 'second', TTL: ttl, ResourceRecords: [host] }),
  };
  return twoRegions(first, second, ['eu-west-1', secondRegion] as never);
}

const down = (result: ReturnType<typeof assessed>) => result.availability.unavailability;

/** Any of independent causes. */
const anyOf = (...causes: readonly number[]) => 1 - causes.reduce((up, cause) => up * (1 - cause), 1);

describe('a name that fails over', () => {
  const quick = failover({ ttl: 60 });

  it('is down while both sides are, while the switch does not work, and until users have followed', () => {
    const side = anyOf(OWN, region);
    const waits = shareOfOutage(30 * 3 + 60);
    expect(down(quick)).toBeCloseTo(
      anyOf(globalDataPlane, software, side * anyOf(switchOnDemand, waits, side)),
      12,
    );
    expect(singlePoints(quick)).toEqual(['software:app', 'service:route53']);
  });

  it('waits longer by a TTL of 1800 s than by one of 60 s', () => {
    const slow = failover({ ttl: 1800 });
    const of = ({ availability }: typeof slow) =>
      availability.shares.find(({ event }) => event.id === 'switching:www.example.com A');
    expect(of(slow)?.event.what).toMatch(/1890 s/);
    expect(of(quick)?.event.what).toMatch(/150 s/);
    expect(of(slow)?.event.likelihood.unavailability).toBe(shareOfOutage(1890));
    expect(down(slow)).toBeGreaterThan(down(quick) * 3);
  });

  it('never does without a health check', () => {
    const blind = failover({ checked: false });
    expect(assumptionsOf(blind)).toMatch(/www\.example\.com A never fails over: no health check/);
    expect(singlePoints(blind)).toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(blind)).toContain('region:eu-west-1');
    expect(down(blind)).toBeGreaterThan(down(quick) * 5);
  });

  it('is changed by a person where nothing makes it fail over, and that is the cause that is named', () => {
    const blind = failover({ checked: false });
    const { rtoSeconds, rtoTerms } = blind.recovery.region;
    expect(rtoTerms.map(({ what }) => what)).toEqual([
      'somebody notices that the region is gone',
      'a person takes the call',
      'a person decides',
      'a person moves the traffic',
      'time to live of www.example.com A',
    ]);
    expect(rtoTerms[3]?.resource?.id).toBe('west/Name');
    expect(rtoSeconds).toBe(3 * 900 + 600 + 60);
    const cost = blind.availability.shares.find(({ event }) => event.byPeople);
    expect(cost?.event.what).toBe('the failover of www.example.com A, which nothing starts');
    // What it would save: a broken first side while the second one serves.
    const side = anyOf(OWN, region);
    const rest = (1 - globalDataPlane) * (1 - software);
    expect(cost?.birnbaum).toBeCloseTo(rest * side * (1 - side), 12);
    expect(singlePoints(blind)).not.toContain(cost?.event.id);
    expect(simulate({ services: [blind] }, parseLosses('region:eu-west-1'))).toMatchObject([
      { stops: true, recovery: { rtoSeconds } },
    ]);
  });

  it.each(['Disabled', 'Inverted'])('never does when its health check is %s', (how) => {
    const config = { ...CHECK.Properties.HealthCheckConfig, [how]: true };
    const off = failover({ check: { ...CHECK, Properties: { HealthCheckConfig: config } } });
    expect(singlePoints(off)).toContain('service:api-gateway@eu-west-1');
    expect(down(off)).toBeGreaterThan(down(quick) * 5);
  });

  it('shares the fate of its region when the second side stands there too', () => {
    const near = failover({ secondRegion: 'eu-west-1' });
    expect(singlePoints(near)).toContain('region:eu-west-1');
    expect(singlePoints(quick).some((id) => id.startsWith('region:'))).toBe(false);
    expect(down(near)).toBeGreaterThan(down(quick));
  });

  it('is stopped by its region when its health check follows an alarm there that then has no data', () => {
    const alarm = (status?: string) => ({
      Type: 'AWS::Route53::HealthCheck',
      Properties: {
        HealthCheckConfig: {
          Type: 'CLOUDWATCH_METRIC',
          AlarmIdentifier: { Name: ref('Alarm'), Region: 'eu-west-1' },
          ...(status && { InsufficientDataHealthStatus: status }),
        },
      },
    });
    const others = {
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 60, EvaluationPeriods: 2 } },
    };
    const stays = failover({ check: alarm(), others });
    const turns = failover({ check: alarm('Unhealthy'), others });
    expect(singlePoints(stays)).toContain('region:eu-west-1');
    expect(assumptionsOf(stays)).toMatch(/when the region of the alarm is lost it has no data/);
    expect(singlePoints(turns)).not.toContain('region:eu-west-1');
    expect(down(stays)).toBeGreaterThan(down(turns));
  });

  it('turns a calculated check by the children that still see', () => {
    const child = { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: ref('Alarm'), Region: 'eu-west-1' } };
    const others = {
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 60, EvaluationPeriods: 2 } },
      Seen: CHECK,
      Blind: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: child } },
    };
    const calculated = (threshold: number) => ({
      Type: 'AWS::Route53::HealthCheck',
      Properties: {
        HealthCheckConfig: {
          Type: 'CALCULATED',
          HealthThreshold: threshold,
          ChildHealthChecks: [ref('Seen'), ref('Blind')],
        },
      },
    });
    const all = failover({ check: calculated(2), others });
    const one = failover({ check: calculated(1), others });
    expect(singlePoints(all)).not.toContain('region:eu-west-1');
    expect(singlePoints(one)).toContain('region:eu-west-1');
    expect(down(one)).toBeGreaterThan(down(all));
  });

  it('never does where both sides hang on one health check', () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const side = (Failover: string, HealthCheckId: string) => ({
      Name: record({ Failover, SetIdentifier: Failover, TTL: 60, ResourceRecords: [host], HealthCheckId }),
    });
    const shared = twoRegions(side('PRIMARY', id), side('SECONDARY', id));
    const apart = twoRegions(side('PRIMARY', id), side('SECONDARY', id.replace('1', '9')));
    expect(singlePoints(shared)).toContain('region:eu-west-1');
    expect(assumptionsOf(shared)).toMatch(/both have one health check, which leaves them out together/);
    expect(singlePoints(apart)).not.toContain('region:eu-west-1');
    expect(down(shared)).toBeGreaterThan(down(apart) * 3);
  });

  describe('to a second side of another kind', () => {
    const first = (target: object) =>
      record({ Failover: 'PRIMARY', SetIdentifier: 'first', HealthCheckId: ref('Check'), ...target });
    const second = (target: object) => record({ Failover: 'SECONDARY', SetIdentifier: 'second', ...target });
    const api = { TTL: 60, ResourceRecords: [host] };
    const bucket = alias(attribute('Bucket', 'RegionalDomainName'), false);
    const website = { TTL: 60, ResourceRecords: ['www.example.com.s3-website-eu-north-1.amazonaws.com'] };
    const site = { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } };

    it.each([
      ['a bucket', { ...site, Name: second(bucket) }],
      ['a website of a bucket that is not in the app', { Name: second(website) }],
    ])('counts as lost where that is %s', (_, north) => {
      const sorry = twoRegions({ Check: CHECK, Name: first(api) }, north);
      expect(singlePoints(sorry)).toEqual(
        expect.arrayContaining(['service:api-gateway@eu-west-1', 'region:eu-west-1']),
      );
      expect(assumptionsOf(sorry)).toMatch(
        /does not take over: .* holds files, such as a page that says sorry, and does not do what west\/Api does/,
      );
    });

    it('is taken to serve as well where that works something out, and says so', () => {
      const worked = twoRegions({ ...site, Check: CHECK, Name: first(bucket) }, { Name: second(api) });
      expect(singlePoints(worked)).not.toContain('service:s3@eu-west-1');
      expect(assumptionsOf(worked)).toMatch(
        /\(AWS::ApiGatewayV2::Api\) is taken to serve what the first does/,
      );
      expect(assumptionsOf(quick)).not.toMatch(/is taken to serve/);
    });
  });

  it('takes as long as a person where a routing control decides', () => {
    const check = {
      Type: 'AWS::Route53::HealthCheck',
      Properties: { HealthCheckConfig: { Type: 'RECOVERY_CONTROL', RoutingControlArn: 'arn:aws:x' } },
    };
    const byHand = failover({ check });
    expect(assumptionsOf(byHand)).toMatch(/somebody switches www\.example\.com A/);
    expect(down(byHand)).toBeGreaterThan(down(quick) * 2);
  });

  it('needs the control plane of the other region where a plan promotes and scales first', () => {
    const step = (type: string, configuration: object = {}) => ({
      Name: type,
      ExecutionBlockType: type,
      ExecutionBlockConfiguration: configuration,
    });
    const plan = (...steps: readonly object[]) => ({
      Plan: {
        Type: 'AWS::ARCRegionSwitch::Plan',
        Properties: {
          Workflows: [{ WorkflowTargetAction: 'activate', Steps: steps }],
          Triggers: [{ Action: 'activate', Conditions: [], TargetRegion: 'eu-north-1' }],
        },
      },
    });
    const move = step('Route53HealthCheck', { Route53HealthCheckConfig: { RecordName: 'www.example.com.' } });
    const withPlan = (others: Resources) => {
      const check = { HealthCheckId: '11111111-2222-3333-4444-555555555555' };
      const side = { TTL: 60, ResourceRecords: [host] };
      return twoRegions(
        { Name: record({ Failover: 'PRIMARY', SetIdentifier: 'first', ...side, ...check }), ...others },
        { Name: record({ Failover: 'SECONDARY', SetIdentifier: 'second', ...side }) },
      );
    };
    const only = withPlan(plan(move));
    const scales = withPlan(plan(step('ECSServiceScaling'), move));
    expect(eventIds(only)).not.toContain('control-plane:eu-north-1');
    expect(eventIds(scales)).toContain('control-plane:eu-north-1');
    expect(down(scales)).toBeGreaterThan(down(only));
    expect(down(withPlan(plan(step('ManualApproval'), move)))).toBeGreaterThan(down(only) * 2);
  });
});

describe('an alias', () => {
  const pair = (evaluates: boolean) =>
    twoRegions(
      {
        Name: record({
          Failover: 'PRIMARY',
          SetIdentifier: 'first',
          ...alias(attribute('Api', 'ApiEndpoint'), evaluates),
        }),
      },
      {
        Name: record({
          Failover: 'SECONDARY',
          SetIdentifier: 'second',
          ...alias(attribute('Api', 'ApiEndpoint'), true),
        }),
      },
    );

  it('fails over when it evaluates the health of its target, and not otherwise', () => {
    const [on, off] = [pair(true), pair(false)];
    expect(singlePoints(off)).toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(on)).not.toContain('service:api-gateway@eu-west-1');
    expect(assumptionsOf(off)).toMatch(/never fails over/);
    expect(down(off)).toBeGreaterThan(down(on) * 3);
  });

  describe('that evaluates the health of an API', () => {
    const behind = {
      Api: { ...API, Properties: { ...API.Properties, Target: attribute('Work', 'Arn') } },
      Work: { Type: 'AWS::Lambda::Function', Properties: {} },
    };
    const two = (properties: object, more: Resources = {}) =>
      twoRegions(
        { ...behind, ...more, Name: record({ Failover: 'PRIMARY', SetIdentifier: 'first', ...properties }) },
        {
          ...behind,
          Name: record({
            Failover: 'SECONDARY',
            SetIdentifier: 'second',
            ...alias(attribute('Api', 'ApiEndpoint'), true),
          }),
        },
      );
    const evaluated = alias(attribute('Api', 'ApiEndpoint'), true);
    const [only, asked] = [
      two(evaluated),
      two({ ...evaluated, HealthCheckId: ref('Check') }, { Check: CHECK }),
    ];

    it('moves users when the service of AWS or its region is gone', () => {
      expect(singlePoints(only)).not.toContain('service:api-gateway@eu-west-1');
      expect(singlePoints(only)).not.toContain('region:eu-west-1');
      expect(assumptionsOf(only)).toMatch(/tells only that a service of AWS is down in its region/);
    });

    it('moves them as soon in the way back from the loss of the region as availability counts', () => {
      const { region: lost } = only.recovery;
      expect(lost.typicalRtoSeconds).toBe(30 * 3 + 60);
      expect(lost.rtoSeconds).toBe(30 * 4 + 60);
      expect(lost.rtoTerms[0]).toMatchObject({
        what: 'Route 53 leaves it out, taken as for health checks, 30 s × (3 + 1)',
        source: expect.stringMatching(/^assumed/),
      });
      expect(only.availability.model.events.get('switching:www.example.com A')?.what).toContain('the 150 s');
      expect(assumptionsOf(only)).toMatch(
        /how soon Route 53 leaves www\.example\.com A out is taken as for a health check by default/,
      );
    });

    it('keeps them when what stands behind the API is broken, and a health check does not', () => {
      expect(singlePoints(only)).toContain('service:lambda@eu-west-1');
      expect(singlePoints(asked)).not.toContain('service:lambda@eu-west-1');
      expect(down(only)).toBeGreaterThan(down(asked) * 3);
    });

    it('is down with what it does not notice, and by the switch for what it does', () => {
      const [lambda, api] = [OWN, OWN];
      const moves = anyOf(switchOnDemand, shareOfOutage(30 * 3 + 60));
      const second = anyOf(lambda, api, region);
      const noticed = anyOf(api, region) * anyOf(moves, second);
      expect(down(only)).toBeCloseTo(anyOf(globalDataPlane, software, lambda, noticed), 12);
    });

    it('by records of several policies counts no more', () => {
      const latency = (more: object, others: Resources = {}) =>
        twoRegions(
          {
            ...behind,
            ...others,
            Name: record({ Region: 'eu-west-1', SetIdentifier: 'a', ...evaluated, ...more }),
          },
          { ...behind, Name: record({ Region: 'eu-north-1', SetIdentifier: 'b', ...evaluated }) },
        );
      const blind = latency({});
      const checked = latency({ HealthCheckId: ref('Check') }, { Check: CHECK });
      expect(singlePoints(blind)).toContain('service:lambda@eu-west-1');
      expect(singlePoints(blind)).not.toContain('region:eu-west-1');
      expect(singlePoints(checked)).not.toContain('service:lambda@eu-west-1');
    });
  });

  it('of a distribution or an accelerator is never found broken', () => {
    const edge = (type: string, name: string) =>
      twoRegions(
        {
          Edge: { Type: type, Properties: {} },
          Name: record({
            Failover: 'PRIMARY',
            SetIdentifier: 'first',
            ...alias(attribute('Edge', name), true),
          }),
        },
        {
          Name: record({ Failover: 'SECONDARY', SetIdentifier: 'second', TTL: 60, ResourceRecords: [host] }),
        },
      );
    for (const each of [
      edge('AWS::CloudFront::Distribution', 'DomainName'),
      edge('AWS::GlobalAccelerator::Accelerator', 'DnsName'),
    ])
      expect(assumptionsOf(each)).toMatch(/never fails over/);
  });

  it('of another name is as that name is, and waits for it', () => {
    const inner = (checked: boolean) => ({
      ...(checked && { Check: CHECK }),
      Inner: record({
        Name: 'west.example.com',
        Weight: 1,
        SetIdentifier: 'a',
        TTL: 60,
        ResourceRecords: [host],
        ...(checked && { HealthCheckId: ref('Check') }),
      }),
      Name: record({ Failover: 'PRIMARY', SetIdentifier: 'first', ...alias('west.example.com', true) }),
    });
    const second = {
      Name: record({ Failover: 'SECONDARY', SetIdentifier: 'second', TTL: 60, ResourceRecords: [host] }),
    };
    const [seen, blind] = [twoRegions(inner(true), second), twoRegions(inner(false), second)];
    expect(singlePoints(blind)).toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(seen)).not.toContain('service:api-gateway@eu-west-1');
    expect(down(blind)).toBeGreaterThan(down(seen) * 3);
  });
});

describe('a name with several records', () => {
  const shared = (west: object, north: object, checks = [true, true]) => {
    const side = (name: string, properties: object, checked = true) => ({
      Name: record({
        SetIdentifier: name,
        TTL: 60,
        ResourceRecords: [host],
        ...properties,
        ...(checked && { HealthCheckId: ref('Check') }),
      }),
      ...(checked && { Check: CHECK }),
    });
    return twoRegions(side('west', west, checks[0]), side('north', north, checks[1]));
  };
  const latency = shared({ Region: 'eu-west-1' }, { Region: 'eu-north-1' });

  it('is down for some while either side is, until they are led to the other', () => {
    const side = anyOf(OWN, region);
    const moves = shareOfOutage(150);
    const both = side * side;
    const oneOnly = side * (1 - side) * anyOf(switchOnDemand, moves);
    // The two waits are events of their own, the switch is one; while both sides are down all is.
    const either = both + 2 * oneOnly;
    expect(down(latency)).toBeCloseTo(anyOf(globalDataPlane, software, either), 12);
    expect(singlePoints(latency)).toEqual(['software:app', 'service:route53']);
  });

  it('is left out whole by a health check that all of its records share', () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const side = (SetIdentifier: string, HealthCheckId: string) =>
      record({ SetIdentifier, Weight: 1, TTL: 60, ResourceRecords: [host], HealthCheckId });
    const records = (second: string) => twoRegions({ Name: side('a', id) }, { Name: side('b', second) });
    const [shared, apart] = [records(id), records(id.replace('1', '9'))];
    expect(singlePoints(shared)).toEqual(expect.arrayContaining(['region:eu-west-1', 'region:eu-north-1']));
    expect(singlePoints(apart)).toEqual(['software:app', 'service:route53']);
    // A third record with a check of its own takes the users of both.
    const third = twoRegions(
      { Name: side('a', id), Other: side('c', id.replace('1', '9')) },
      { Name: side('b', id) },
    );
    expect(singlePoints(third)).not.toContain('region:eu-north-1');
    expect(down(shared)).toBeGreaterThan(down(apart) * 3);
  });

  it('keeps the users of a weighted record that nothing checks', () => {
    const checked = shared({ Weight: 50 }, { Weight: 50 });
    const open = shared({ Weight: 50 }, { Weight: 50 }, [true, false]);
    expect(singlePoints(open)).toContain('service:api-gateway@eu-north-1');
    expect(singlePoints(open)).not.toContain('service:api-gateway@eu-west-1');
    expect(assumptionsOf(open)).toMatch(/1 of the 2 records of www\.example\.com A keep their users/);
    expect(down(open)).toBeGreaterThan(down(checked) * 5);
  });

  it('asks a record of weight 0 only when all others are seen to be broken', () => {
    const waits = shared({ Weight: 100 }, { Weight: 0 }, [true, false]);
    const never = shared({ Weight: 100 }, { Weight: 0 }, [false, false]);
    expect(singlePoints(waits)).not.toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(waits)).not.toContain('service:api-gateway@eu-north-1');
    expect(singlePoints(never)).toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(never)).not.toContain('service:api-gateway@eu-north-1');
    expect(down(never)).toBeGreaterThan(down(waits) * 5);
  });

  it('has nowhere to send the users of a broken place without a record for everywhere else', () => {
    const [germany, sweden] = [
      { GeoLocation: { CountryCode: 'DE' } },
      { GeoLocation: { CountryCode: 'SE' } },
    ];
    const without = shared(germany, sweden);
    const withDefault = shared(germany, { GeoLocation: { CountryCode: '*' } });
    expect(assumptionsOf(without)).toMatch(/has no record for everywhere else/);
    expect(singlePoints(without)).toEqual(
      expect.arrayContaining(['service:api-gateway@eu-west-1', 'service:api-gateway@eu-north-1']),
    );
    expect(singlePoints(withDefault)).not.toContain('service:api-gateway@eu-west-1');
    expect(singlePoints(withDefault)).toContain('service:api-gateway@eu-north-1');
    expect(down(without)).toBeGreaterThan(down(withDefault) * 1.5);
  });

  it('treats networks as it treats places', () => {
    const at = (name: string) => ({ CidrRoutingConfig: { CollectionId: 'c', LocationName: name } });
    expect(singlePoints(shared(at('office'), at('*')))).toContain('service:api-gateway@eu-north-1');
    expect(singlePoints(shared(at('office'), at('*')))).not.toContain('service:api-gateway@eu-west-1');
  });

  it.each([
    ['several answers', { MultiValueAnswer: true }],
    ['nearness', { GeoProximityLocation: { AWSRegion: 'eu-west-1' } }],
  ])('moves users by %s as by latency', (_, policy) => {
    expect(down(shared(policy, policy))).toBeCloseTo(down(latency), 15);
  });
});

describe('records that no user asks for', () => {
  it('are no way in', () => {
    const proof = record({
      Name: '_abc.example.com',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: ['x.acm-validations.aws'],
    });
    const mail = record({ Type: 'MX', TTL: 60, ResourceRecords: ['10 mail.example.com'] });
    const result = assessed({ Resources: { Api: API, Proof: proof, Mail: mail } });
    expect(result.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Api']);
  });
});
