import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  AtLeastThreshold,
  type CfnCompositeAlarm,
  CompositeAlarm,
  type IAlarm,
  type IAlarmRule,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, Aws, Duration, Fn, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { alarmFindings } from '../../../../lib/assessment/alarm-quality/alarm-findings';
import { type ReplayedAlarm, replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import { AlarmLayer } from '../../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../../lib/constructs/observe/correlation/alarm-tree';
import type { AlarmTreeProps } from '../../../../lib/constructs/observe/correlation/alarm-tree-props';
import { ThirdPartyDependency } from '../../../../lib/constructs/observe/detection/third-party-dependency';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { catalogued, refusal, shopOf, shopStack, WEAKENING } from '../../fixtures';
import { charges } from '../detection/charges';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** An alarm that fires in the minute after one in which its metric is 1. */
function leaf(stack: Stack, name: string): Alarm {
  return new Alarm(stack, name, {
    metric: new Metric({
      namespace: 'Shop',
      metricName: name,
      statistic: 'Sum',
      period: Duration.minutes(1),
    }),
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

interface Leaf {
  readonly Type: string;
  readonly Properties: { readonly MetricName: string };
}

function shop(stack: Stack, rest: Partial<AlarmTreeProps> = {}): AlarmTree {
  return new AlarmTree(stack, 'Alarms', {
    components: [
      {
        name: 'api',
        layer: AlarmLayer.APPLICATION,
        alarms: [leaf(stack, 'ApiErrors')],
        zones: ZONES.map((zone) => ({ zone, alarms: [leaf(stack, `Api${zone.slice(-1)}`)] })),
        dependsOn: ['orders-table'],
      },
      { name: 'orders-table', layer: AlarmLayer.INFRASTRUCTURE, alarms: [leaf(stack, 'Throttled')] },
    ],
    symptoms: [leaf(stack, 'Objective')],
    ...rest,
  });
}

type Bad = Readonly<Record<string, readonly [from: number, until: number]>>;

/** When each alarm of the tree calls somebody, in minutes, from the minutes in which each metric is bad. */
function calls(bad: Bad, build: (stack: Stack) => unknown = shop, stack = shopStack(1)) {
  build(stack);
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Leaf> };
  const graph = graphOf({ Resources });
  const names = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties.MetricName);
  const source = sampleSourceOf(
    names.map((name) => ({
      metric: { namespace: 'Shop', name, dimensions: {} },
      samples: [
        {
          statistic: 'Sum',
          period: 60,
          points: Array.from({ length: 60 }, (_, minute): [number, number] => {
            const [from, until] = bad[name] ?? [60, 0];
            return [minute * 60, minute >= from && minute < until ? 1 : 0];
          }),
        },
      ],
    })),
  );
  const told = ({ actions }: ReplayedAlarm) =>
    actions.filter(({ state }) => state === 'ALARM').map(({ at }) => at / 60);
  const replayed = replay(graph, source, { from: 0, until: 3_600 });
  expect(replayed.filter(({ unknown }) => unknown !== undefined)).toEqual([]);
  return Object.fromEntries(
    replayed
      .filter((each) => told(each).length > 0)
      .map((each) => [each.alarm.logicalId.replace(/^Alarms(.*?)(Alarm)?[0-9A-F]{8}$/, '$1'), told(each)]),
  );
}

describe('who is called', () => {
  test('the cause, and not what needs it, nor its symptoms', () => {
    expect(calls({ Throttled: [10, 30], ApiErrors: [10, 30], Objective: [11, 30] })).toEqual({
      Componentsorderstable: [11],
    });
  });

  test('the cause, where it is seen a minute after its symptom', () => {
    expect(calls({ Throttled: [11, 30], ApiErrors: [10, 30], Objective: [10, 30] })).toEqual({
      Componentsorderstable: [12],
    });
  });

  test('a component, after it has waited for its causes', () => {
    expect(calls({ ApiErrors: [10, 30], Objective: [10, 30] })).toEqual({ Componentsapi: [13] });
  });

  test('the cause, and none of several components that wait for the same', () => {
    const build = (stack: Stack) => {
      const part = (name: string, dependsOn: readonly string[] = []) => {
        const alarms = [leaf(stack, name)];
        return { name, layer: AlarmLayer.APPLICATION, alarms, dependsOn };
      };
      const components = [part('db'), part('cache'), part('api', ['db', 'cache'])];
      new AlarmTree(stack, 'Alarms', { components: [...components, part('worker', ['cache', 'db'])] });
    };
    expect(calls({ cache: [10, 30], api: [10, 30], worker: [10, 30] }, build)).toEqual({
      Componentscache: [11],
    });
    expect(calls({ worker: [10, 30] }, build)).toEqual({ Componentsworker: [13] });
  });

  test('a component that goes on after its cause is over', () => {
    expect(calls({ Throttled: [10, 20], ApiErrors: [10, 40] })).toEqual({
      Componentsorderstable: [11],
      Componentsapi: [26],
    });
  });

  test('for users, where no cause is known', () => {
    expect(calls({ Objective: [10, 30] })).toEqual({ Service: [13] });
  });

  test('a zone for all that stands in it', () => {
    expect(calls({ Apia: [10, 30], ApiErrors: [10, 30], Objective: [11, 30] })).toEqual({
      Zoneseuwest1a: [13],
    });
  });

  test('the region, where two zones fail', () => {
    expect(calls({ Apia: [10, 30], Apib: [10, 30], ApiErrors: [10, 30], Objective: [11, 30] })).toEqual({
      ZonesRegion: [13],
    });
  });

  test('the region, where nothing that stands in the zones needs anything', () => {
    const zones = (stack: Stack) =>
      new AlarmTree(stack, 'Alarms', { components: [zoned(stack, 'api'), zoned(stack, 'network')] });
    expect(calls({ apia: [10, 30], networkb: [10, 30] }, zones)).toEqual({ ZonesRegion: [11] });
  });

  describe('the cause, and neither zones nor the region for what stands in them and needs it,', () => {
    const everywhere = (from: number, until: number): Bad => ({
      Apia: [from, until],
      Apib: [from, until],
      Apic: [from, until],
      ApiErrors: [from, until],
      Objective: [from, until],
    });

    test.each<[string, Bad, number]>([
      ['at the same time', { Throttled: [10, 30], ...everywhere(10, 30) }, 11],
      ['where it is seen first', { Throttled: [10, 30], ...everywhere(11, 30) }, 11],
      ['where it is seen a minute after', { Throttled: [11, 30], ...everywhere(10, 30) }, 12],
      ['where what needs it follows it late', { Throttled: [10, 20], ...everywhere(10, 24) }, 11],
      ['in one zone', { Throttled: [10, 30], Apia: [10, 33] }, 11],
    ])('%s', (_, bad, at) => expect(calls(bad)).toEqual({ Componentsorderstable: [at] }));

    test('and an upstream for which others are called', () => {
      const dependsOn = [{ service: 'payments', kind: DependencyKind.HARD }];
      const build = (stack: Stack) =>
        new AlarmTree(stack, 'Alarms', {
          components: [{ ...zoned(stack, 'api'), dependsOn: ['payments'] }],
          upstream: [{ service: 'payments', alarm: leaf(stack, 'Payments') }],
        });
      const stopped: Bad = { Payments: [10, 30], apia: [10, 30], apib: [10, 30] };
      expect(calls(stopped, build, shopStack(1, {}, { dependsOn }))).toEqual({});
    });
  });

  describe('with a network in zones, on which the API and the table stand,', () => {
    const build = (stack: Stack) =>
      new AlarmTree(stack, 'Alarms', {
        components: [
          { ...zoned(stack, 'api'), dependsOn: ['orders-table', 'network'] },
          zoned(stack, 'network'),
          {
            name: 'orders-table',
            layer: AlarmLayer.INFRASTRUCTURE,
            alarms: [leaf(stack, 'Throttled')],
            dependsOn: ['network'],
          },
        ],
      });

    test.each<[string, Bad, object]>([
      ['the zone', { networka: [10, 30], apia: [10, 30] }, { Zoneseuwest1a: [13] }],
      [
        'the zone that all others need',
        { networka: [10, 30], apia: [10, 30], apib: [10, 30] },
        { Zoneseuwest1a: [13] },
      ],
      [
        'the region, though the table follows',
        { networka: [10, 30], networkb: [10, 30], Throttled: [11, 30] },
        { ZonesRegion: [13] },
      ],
      [
        'the table, and later the zone that fails as well',
        { Throttled: [10, 50], apia: [10, 50], apib: [10, 50], networkc: [20, 50] },
        { Componentsorderstable: [13], Zoneseuwest1c: [26] },
      ],
    ])('calls for %s', (_, bad, called) => expect(calls(bad, build)).toEqual(called));

    test('whatever fails for long, somebody is called', () => {
      const names = ['Throttled', ...ZONES.flatMap((zone) => [`api${zone.at(-1)}`, `network${zone.at(-1)}`])];
      fc.assert(
        fc.property(
          fc.uniqueArray(
            fc.record({ name: fc.constantFrom(...names), from: fc.integer({ min: 5, max: 20 }) }),
            { selector: ({ name }) => name, minLength: 1 },
          ),
          (failures) => {
            const bad = Object.fromEntries(
              failures.map(({ name, from }): [string, [number, number]] => [name, [from, 60]]),
            );
            expect(Object.keys(calls(bad, build))).not.toEqual([]);
          },
        ),
        { numRuns: 8 },
      );
    });
  });
});

/** A part of the service that stands in three zones and is looked at in each. */
function zoned(stack: Stack, name: string) {
  return {
    name,
    layer: AlarmLayer.APPLICATION,
    zones: ZONES.map((zone) => ({ zone, alarms: [leaf(stack, `${name}${zone.slice(-1)}`)] })),
  };
}

/** The times of a tree: what alarms wait before they tell, and how long they stay silent after their causes. */
function timesOf(stack: Stack): readonly (readonly [wait: number, extension: number])[] {
  const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
  const suppressed = Object.values(composites)
    .map(({ Properties }) => Properties)
    .filter(({ ActionsSuppressor }) => ActionsSuppressor !== undefined);
  expect(suppressed).toHaveLength(6);
  const times = suppressed.map(
    ({ ActionsSuppressorWaitPeriod: wait, ActionsSuppressorExtensionPeriod: extension }) =>
      [wait, extension] as const,
  );
  return [...new Map(times.map((each) => [String(each), each])).values()];
}

const decisionOf = (stack: Stack) =>
  catalogued(stack).decisions.find(({ what }) => what === 'Alarms.suppressorExtension');

describe('causes', () => {
  test.each<Tier>([0, 1, 2, 3])('are waited for two minutes at tier %s, and five after them', (tier) => {
    const stack = shopStack(tier);
    shop(stack);
    expect(timesOf(stack)).toEqual([[120, 300]]);
  });

  const metric = (minutes: number) =>
    new Metric({ namespace: 'Shop', metricName: 'Slow', period: Duration.minutes(minutes) });
  const slow = (stack: Stack, minutes: number, all = 1, bad = all) =>
    new Alarm(stack, `Slow${minutes}`, {
      metric: metric(minutes),
      threshold: 1,
      evaluationPeriods: all,
      datapointsToAlarm: bad,
    });
  const math = (stack: Stack) =>
    new Alarm(stack, 'Math', {
      metric: new MathExpression({
        expression: 'slow / 2',
        usingMetrics: { slow: metric(5) },
        period: Duration.minutes(10),
      }),
      threshold: 1,
      evaluationPeriods: 1,
    });

  // What follows takes 3 minutes; then come the rest of the period that was bad, and N - M + 1 good ones.
  test.each<[string, (stack: Stack) => IAlarm, seconds: number]>([
    ['one of one period', (stack) => slow(stack, 5), 180 + 2 * 300],
    ['three of three periods', (stack) => slow(stack, 5, 3), 180 + 2 * 300],
    ['three of five periods', (stack) => slow(stack, 5, 5, 3), 180 + 4 * 300],
    ['metric math, by its longest period', math, 180 + 2 * 600],
    [
      'two that must both fire: the sooner',
      (stack) => both(stack, AlarmRule.allOf(slow(stack, 5), slow(stack, 15))),
      180 + 2 * 300,
    ],
    [
      'one of two that may fire: the later',
      (stack) => both(stack, AlarmRule.anyOf(slow(stack, 5), slow(stack, 10))),
      180 + 2 * 600,
    ],
    [
      'so many of several: the latest',
      (stack) =>
        both(
          stack,
          AlarmRule.atLeast(AlarmState.ALARM, {
            operands: [slow(stack, 5), slow(stack, 10)],
            threshold: AtLeastThreshold.count(1),
          }),
        ),
      180 + 2 * 600,
    ],
    [
      'what must not fire: as if made elsewhere',
      (stack) => both(stack, AlarmRule.not(AlarmRule.fromAlarm(slow(stack, 10), AlarmState.ALARM))),
      180 + 120,
    ],
    [
      'an alarm that is made elsewhere',
      (stack) =>
        Alarm.fromAlarmArn(stack, 'Theirs', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:theirs'),
      180 + 120,
    ],
  ])('are over once their slowest symptom is: %s', (_, symptom, seconds) => {
    const stack = shopStack(1);
    shop(stack, { symptoms: [symptom(stack)] });
    expect(timesOf(stack)).toEqual([[120, seconds]]);
  });

  test('silence nobody for longer than half of the time in which the service must be back', () => {
    const stack = shopStack(0);
    shop(stack, { symptoms: [slow(stack, 60)] });
    expect(timesOf(stack)).toEqual([[120, 420]]);
    expect(decisionOf(stack)).toMatchObject({
      value: '7 min',
      because: expect.stringMatching(
        /^half of the 15 min in which it must be back in another region.*, though .* Shop\/Slow60, the slowest, may fire for another 2 h$/,
      ),
    });
  });

  test('are over after what was given, which is recorded', () => {
    const stack = shopStack(1);
    shop(stack, { suppressorExtension: Duration.minutes(20) });
    expect(timesOf(stack)).toEqual([[120, 1_200]]);
    expect(decisionOf(stack)).toMatchObject({ value: '20 min', source: 'override' });
  });

  test('silence nobody for longer, unless somebody answers for it', () => {
    const suppressorExtension = Duration.minutes(10);
    const refused = refusal(() => shop(shopStack(0), { suppressorExtension }));
    expect(refused.problem).toBe(
      'suppressorExtension is 10 min, but the tier owes 7 min (half of the 15 min in which it must be back in another region: meanwhile a new outage is not told)',
    );
    const stack = shopStack(0);
    shop(stack, { suppressorExtension, weakening: WEAKENING });
    expect(timesOf(stack)).toEqual([[120, 600]]);
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Alarms.suppressorExtension' }]);
  });
});

function both(stack: Stack, alarmRule: IAlarmRule): CompositeAlarm {
  return new CompositeAlarm(stack, 'Both', { alarmRule });
}

test('tells whoever is given, in words, with the runbook', () => {
  const stack = shopStack(1, {}, { runbook: 'runbooks/shop.md' });
  const tree = shop(stack, { notifications: new Topic(stack, 'Calls') });
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
  const told = Object.values(alarms).filter(({ Properties }) => Properties.AlarmActions !== undefined);
  expect(told).toHaveLength(1 + ZONES.length + tree.components.size + 1);
  for (const { Properties } of told) {
    expect(JSON.stringify(Properties.AlarmActions)).toContain('Calls');
    expect(Properties.AlarmDescription).toMatch(/Runbook: runbooks\/shop.md$/);
  }
});

test('tags each leaf with its layer, its zone and the runbook, and has it send them', () => {
  const stack = shopStack(1, {}, { runbook: 'runbooks/shop.md' });
  shop(stack);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Apia',
    ActionConfiguration: { AlarmTagsPropagation: { Enabled: true } },
    Tags: Match.arrayWith([
      { Key: 'resilience:layer', Value: 'application' },
      { Key: 'resilience:runbook', Value: 'runbooks/shop.md' },
      { Key: 'resilience:service', Value: 'shop' },
      { Key: 'resilience:tier', Value: '1' },
      { Key: 'resilience:zone', Value: 'eu-west-1a' },
    ]),
  });
});

test('tags the alarm of each zone with its zone, and none but those of zones', () => {
  const stack = shopStack(1);
  const { zones, regional } = shop(stack);
  expect([...zones.keys()].sort()).toEqual(ZONES);
  const { Resources } = Template.fromStack(stack).toJSON();
  const zoneOf = ({ node }: IAlarm) => {
    const { Tags } = Resources[stack.getLogicalId(node.defaultChild as CfnCompositeAlarm)].Properties;
    return Tags.find(({ Key }: { readonly Key: string }) => Key === 'resilience:zone')?.Value;
  };
  for (const [zone, alarm] of zones) expect(zoneOf(alarm)).toBe(zone);
  expect(regional && zoneOf(regional)).toBeUndefined();
});

describe('limits of composite alarms', () => {
  function rules(leaves: number, name = 'Leaf') {
    const stack = shopStack(1);
    const alarms = Array.from({ length: leaves }, (_, index) => leaf(stack, `${name}${index}`));
    const tree = new AlarmTree(stack, 'Alarms', {
      components: [{ name: 'api', layer: AlarmLayer.APPLICATION, alarms }],
    });
    expect(tree.components.size).toBe(1);
    const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
    return Object.values(composites).map(({ Properties }) => JSON.stringify(Properties.AlarmRule));
  }
  const children = (rule: string) => rule.split('Fn::GetAtt').length - 1;

  test('few alarms stand in one rule', () => expect(rules(60).map(children)).toEqual([60, 1]));

  test.each([101, 250])('%s alarms are joined in between', (leaves) => {
    const counts = rules(leaves).map(children);
    expect(Math.max(...counts)).toBeLessThanOrEqual(100);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(leaves);
  });

  test('alarms with short names are joined by their number', () => {
    const stack = shopStack(1);
    const { account, region } = stack;
    const alarms = Array.from({ length: 250 }, (_, index) =>
      Alarm.fromAlarmArn(stack, `A${index}`, `arn:aws:cloudwatch:${region}:${account}:alarm:a${index}`),
    );
    new AlarmTree(stack, 'Alarms', {
      components: [{ name: 'api', layer: AlarmLayer.APPLICATION, alarms }],
    });
    const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
    const counts = Object.values(composites).map(
      ({ Properties }) => JSON.stringify(Properties.AlarmRule).split('ALARM(').length - 1,
    );
    expect(counts).toHaveLength(5);
    // One place is left for what a rule says in addition.
    expect(Math.max(...counts)).toBe(99);
  });

  test('alarms with long names are joined by the length of the rule', () => {
    const counts = rules(90, `Alarm${'WithALongName'.repeat(12)}`).map(children);
    // As long as CloudFormation's names can get: stack, logical id and twelve characters.
    expect(Math.max(...counts) * 255).toBeLessThan(10_240);
  });
});

describe('refuses', () => {
  const build = (props: (stack: Stack) => Partial<AlarmTreeProps>, stack = shopStack(1)) => {
    const first = { name: 'api', layer: AlarmLayer.APPLICATION, alarms: [leaf(stack, 'Errors')] };
    return () => new AlarmTree(stack, 'Alarms', { components: [first], ...props(stack) });
  };
  const component = (stack: Stack, name: string, dependsOn: readonly string[]) => ({
    name,
    layer: AlarmLayer.APPLICATION,
    alarms: [leaf(stack, `Of${name}`)],
    dependsOn,
  });

  test.each<[string, (stack: Stack) => Partial<AlarmTreeProps>, string]>([
    ['no components', () => ({ components: [] }), 'components is empty'],
    [
      'a component without alarms',
      () => ({ components: [{ name: 'api', layer: AlarmLayer.NETWORK }] }),
      'api has no alarm',
    ],
    [
      'a circle',
      (stack) => ({
        components: [
          component(stack, 'a', ['b']),
          component(stack, 'b', ['c']),
          component(stack, 'c', ['a']),
        ],
      }),
      'in a circle: a -> b -> c -> a',
    ],
    [
      'a component that depends on itself',
      (stack) => ({ components: [component(stack, 'a', ['a'])] }),
      'in a circle: a -> a',
    ],
    [
      'a dependency on what is not there',
      (stack) => ({ components: [component(stack, 'a', ['z']), component(stack, 'b', [])] }),
      'a depends on "z", which is neither a component nor upstream\n  fix: name one of b',
    ],
    [
      'a name twice',
      (stack) => ({ components: [component(stack, 'a', []), { ...component(stack, 'b', []), name: 'a' }] }),
      '"a" is named twice',
    ],
    [
      'a name that cannot stand in an id',
      (stack) => ({ components: [component(stack, 'Orders/Table', [])] }),
      '"Orders/Table" is no name',
    ],
    [
      'an alarm in two places',
      (stack) => {
        const one = leaf(stack, 'Twice');
        return {
          components: [{ name: 'a', layer: AlarmLayer.NETWORK, alarms: [one] }],
          symptoms: [one],
        };
      },
      'Shop/Twice is named twice: it would be cause and symptom of itself',
    ],
    [
      'alarms of one zone only',
      (stack) => ({
        components: [
          {
            name: 'a',
            layer: AlarmLayer.NETWORK,
            zones: [{ zone: 'eu-west-1a', alarms: [leaf(stack, 'A')] }],
          },
        ],
      }),
      'only eu-west-1a has alarms of its own',
    ],
    [
      'a zone without a name',
      (stack) => ({
        components: [
          {
            name: 'a',
            layer: AlarmLayer.NETWORK,
            zones: [0, 1].map((index) => ({
              zone: Fn.select(index, Fn.getAzs(Aws.REGION)),
              alarms: [leaf(stack, `A${index}`)],
            })),
          },
        ],
      }),
      'is no zone that can be named',
    ],
    [
      'more zones for a region than there are',
      (stack) => ({
        regionalZones: 4,
        components: [
          {
            name: 'a',
            layer: AlarmLayer.NETWORK,
            zones: ZONES.map((zone) => ({ zone, alarms: [leaf(stack, zone)] })),
          },
        ],
      }),
      'regionalZones is 4, and 3 zones have alarms\n  fix: use a whole number from 2 to 3',
    ],
    [
      'an upstream that the service does not need',
      (stack) => ({ upstream: [{ service: 'tax', alarm: leaf(stack, 'Tax') }] }),
      'shop declares no dependency on tax',
    ],
  ])('%s', (_, props, message) => expect(build(props)).toThrow(message));

  test('an upstream that the service has to do without', () => {
    const dependsOn = [{ service: 'tax', kind: DependencyKind.SOFT }];
    const stack = shopStack(1, {}, { dependsOn });
    expect(build(() => ({ upstream: [{ service: 'tax', alarm: leaf(stack, 'Tax') }] }), stack)).toThrow(
      'tax is a soft dependency: shop has to serve on without it',
    );
  });

  test('an alarm of another region', () => {
    const app = new App();
    const [here, there] = ['eu-west-1', 'eu-central-1'].map(
      (region) => new Stack(app, region, { env: { region, account: '111122223333' } }),
    ) as [Stack, Stack];
    declareService(here, shopOf(1));
    expect(build(() => ({ symptoms: [leaf(there, 'Far')] }), here)).toThrow(
      'eu-central-1/Far is in eu-central-1 of 111122223333, the tree in eu-west-1 of 111122223333',
    );
  });
});

test('says of which service that it needs no alarm was given', () => {
  const dependsOn = [
    { service: 'payments', kind: DependencyKind.HARD },
    { service: 'tax', kind: DependencyKind.SOFT },
  ];
  const stack = shopStack(1, {}, { dependsOn });
  shop(stack);
  const { decisions } = catalogued(stack);
  expect(decisions.find(({ what }) => what === 'Alarms.upstream')?.value).toBe('no alarm of payments');
  const [said, ...others] = Annotations.fromStack(stack).findInfo('*', Match.anyValue());
  expect(others).toEqual([]);
  expect(said?.id).toBe('/Shop/Alarms');
  expect(String(said?.entry.data)).toMatch(
    /^payments has no alarm here, and shop does not work without it: .*upstream: \[\{ service: 'payments', alarm \}\].*\[ack: cdk-nines:no-alarm-of-payments\]$/,
  );
});

test('a service is silent while one that it needs fires', () => {
  const stack = shopStack(1, {}, { dependsOn: [{ service: 'payments', kind: DependencyKind.HARD }] });
  const alarm: IAlarm = Alarm.fromAlarmArn(
    stack,
    'Payments',
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:payments',
  );
  const tree = new AlarmTree(stack, 'Alarms', {
    components: [
      {
        name: 'api',
        layer: AlarmLayer.APPLICATION,
        alarms: [leaf(stack, 'Errors')],
        dependsOn: ['payments'],
      },
    ],
    upstream: [{ service: 'payments', alarm }],
  });
  expect(tree.regional).toBeUndefined();
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    ActionsSuppressor: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:payments',
  });
});

describe('a hard third party that the stack watches', () => {
  const payments = {
    name: 'card payments',
    kind: DependencyKind.HARD,
    sla: 0.9999,
    statusPage: 'https://s.example',
  };
  const mail = { ...payments, name: 'mail', kind: DependencyKind.SOFT };

  function needing(
    dependsOn: readonly string[],
    rest: (watched: ThirdPartyDependency[]) => Partial<AlarmTreeProps> = () => ({}),
  ) {
    const stack = shopStack(1, {}, { thirdParties: [payments, mail] });
    const watched = ['card payments', 'mail'].map(
      (thirdParty) => new ThirdPartyDependency(stack, thirdParty, { thirdParty, measured: charges }),
    );
    new AlarmTree(stack, 'Alarms', {
      components: [
        { name: 'api', layer: AlarmLayer.APPLICATION, alarms: [leaf(stack, 'Errors')], dependsOn },
      ],
      symptoms: [leaf(stack, 'Objective')],
      ...rest(watched),
    });
    return stack;
  }

  /** What an alarm of the tree is silent for: its suppressor, and what that is joined from. */
  function silentFor(stack: Stack, id: string): string {
    const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
    const { ActionsSuppressor } =
      Object.entries(composites).find(([name]) => name.startsWith(id))?.[1].Properties ?? {};
    const joined = composites[ActionsSuppressor?.['Fn::GetAtt']?.[0]]?.Properties.AlarmRule;
    return JSON.stringify([ActionsSuppressor, joined]);
  }

  test('silences the alarm of the service, and a soft one does not', () => {
    const stack = needing([]);
    expect(silentFor(stack, 'AlarmsServiceAlarm')).toContain('cardpaymentsDown');
    expect(silentFor(stack, 'AlarmsServiceAlarm')).not.toContain('mail');
    expect(silentFor(stack, 'AlarmsComponentsapiAlarm')).not.toContain('cardpayments');
  });

  test('silences what needs it', () =>
    expect(silentFor(needing(['card payments']), 'AlarmsComponentsapiAlarm')).toContain('cardpaymentsDown'));

  test('is no cause of itself where the tree has its alarm', () => {
    const own = (watched: ThirdPartyDependency[]) => ({
      symptoms: watched.slice(0, 1).map(({ alarm }) => alarm),
    });
    const stack = needing([], own);
    expect(silentFor(stack, 'AlarmsServiceAlarm')).not.toContain('cardpayments');
    expect(catalogued(stack).decisions.map(({ what }) => what)).not.toContain('Alarms.upstream');
  });

  test('is asked for where nothing watches it', () => {
    const stack = shopStack(1, {}, { thirdParties: [payments, mail] });
    shop(stack);
    const { decisions } = catalogued(stack);
    expect(decisions.find(({ what }) => what === 'Alarms.upstream')?.value).toBe('no alarm of card payments');
  });
});

describe('what the tree leaves out, beside what the app shows,', () => {
  /** A function that reads a table, each with an alarm in a tree. */
  function gapsOf(needs: Readonly<Record<string, readonly string[]>>) {
    const stack = shopStack(1);
    const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const api = new Handler(stack, 'Api', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
      environment: { TABLE: table.tableName },
    });
    table.grantReadData(api);
    const alarm = (id: string, metric: Metric) =>
      metric.createAlarm(stack, id, { threshold: 1, evaluationPeriods: 1 });
    const part = (name: string, layer: AlarmLayer, leaves: readonly IAlarm[]) => ({
      name,
      layer,
      alarms: leaves,
      dependsOn: needs[name] ?? [],
    });
    new AlarmTree(stack, 'Alarms', {
      components: [
        part('api', AlarmLayer.APPLICATION, [alarm('Errors', api.metricErrors())]),
        part('table', AlarmLayer.INFRASTRUCTURE, [alarm('Throttled', table.metric('ReadThrottleEvents'))]),
      ],
      symptoms: [alarm('Slow', api.metricDuration())],
    });
    const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
    return alarmFindings(graph, () => ({ name: 'shop' }))
      .filter(({ fault }) => fault === 'missing-cause')
      .map(({ alarm: of, other, weight, sure, found }) => ({
        pair: [of, other].map((each) => each?.logicalId.replace(/^AlarmsComponents|Alarm[0-9A-F]{8}$/g, '')),
        weight,
        sure,
        found,
      }));
  }

  test('is nothing where it has what calls show', () => expect(gapsOf({ api: ['table'] })).toEqual([]));

  test('is told', () =>
    expect(gapsOf({})).toEqual([
      {
        pair: ['api', 'table'],
        weight: 'info',
        sure: true,
        found: expect.stringMatching(
          /^Api.*, which it watches, needs Orders.*, and it is not silent while that fires$/,
        ),
      },
    ]));

  test('is told where it says the contrary', () =>
    expect(gapsOf({ table: ['api'] })).toEqual([
      expect.objectContaining({
        pair: ['api', 'table'],
        found: expect.stringMatching(/instead AlarmsComponentstable.* is silent while this one fires$/),
      }),
    ]));
});
