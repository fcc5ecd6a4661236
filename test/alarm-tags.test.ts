import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLayer } from '../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../lib/constructs/observe/correlation/alarm-tree';
import { runbookOfTag } from '../lib/objectives/runbook-tag';
import { allPatterns, appOf, type Pattern, surroundings } from './support/pattern';

/** As a wiki says it: tags take no ?, & and #. */
const RUNBOOK = 'https://example.atlassian.net/wiki/spaces/SRE/pages/42/Shop?focus=7&x=1#Outage';

interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly AlarmDescription?: unknown;
    readonly AlarmActions?: readonly unknown[];
    readonly ActionConfiguration?: unknown;
    readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
    readonly Tags?: readonly { readonly Key: string; readonly Value: unknown }[];
  };
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** What an alarm says, as far as who is paged needs it. */
const SAID = ['service', 'tier', 'layer', 'runbook'].map((name) => `resilience:${name}`);

/** Alarms of the user that a pattern is given: they have words of their own. */
const GIVEN = /^Shop-[^/]*\/(Checkout|Errors|FailedOrders)\/Resource$/;

const pathOf = ({ Metadata }: Resource) => String(Metadata?.['aws:cdk:path']);

/** The zone that an alarm looks at: by its metric, or because it joins the alarms of one. */
function zoneOf(alarm: Resource): unknown {
  const dimension = alarm.Properties?.Dimensions?.find(({ Name }) => Name === 'AvailabilityZone');
  return dimension?.Value ?? /\/Zones\/([a-z]{2}-[a-z]+-\d[a-z])\//.exec(pathOf(alarm))?.[1];
}

function lacking(alarm: Resource): readonly string[] {
  const { Properties = {} } = alarm;
  const { Tags = [], AlarmActions: actions = [], AlarmDescription: text, ActionConfiguration } = Properties;
  const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  const sent = JSON.stringify(ActionConfiguration ?? '') === '{"AlarmTagsPropagation":{"Enabled":true}}';
  return [
    ...SAID.filter((name) => tags[name] === undefined),
    ...(tags['resilience:zone'] === zoneOf(alarm) ? [] : [`the zone ${zoneOf(alarm)}`]),
    ...(runbookOfTag(String(tags['resilience:runbook'])) === RUNBOOK ? [] : ['the runbook of its service']),
    ...(sent ? [] : ['tags on its events']),
    // Who reads the mail sees the text only.
    ...(!GIVEN.test(pathOf(alarm)) &&
    actions.length > 0 &&
    !String(JSON.stringify(text)).includes(`Runbook: ${RUNBOOK}`)
      ? ['the runbook in its text']
      : []),
  ];
}

function alarmsOf(pattern: ReturnType<typeof allPatterns>[number]) {
  const tier = ([1, 0, 2, 3] as const).find((each) => !pattern.refused?.[each]) ?? 1;
  const around = surroundings(pattern, tier, { service: { ...pattern.service, runbook: RUNBOOK } });
  const { stacksRecursively } = appOf(pattern, around).synth();
  return stacksRecursively.flatMap(({ template }) =>
    Object.values((template as Template).Resources ?? {}).filter(({ Type }) =>
      /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type),
    ),
  );
}

/** A tree over alarms that look at two zones of each region, of which two parts need a third. */
const inZones: Pattern = {
  construct: 'AlarmTree with zones',
  build: (stack) => {
    const leaf = (name: string, dimensionsMap: Readonly<Record<string, string>> = {}) =>
      new Alarm(stack, `${name}${dimensionsMap.AvailabilityZone ?? ''}`, {
        metric: new Metric({ namespace: 'Shop', metricName: name, dimensionsMap }),
        threshold: 1,
        evaluationPeriods: 1,
      });
    const zoned = (name: string) => ({
      name,
      layer: AlarmLayer.APPLICATION,
      alarms: [leaf(name)],
      zones: ['a', 'b'].map((letter) => {
        const zone = `${stack.region}${letter}`;
        return { zone, alarms: [leaf(name, { AvailabilityZone: zone })] };
      }),
      dependsOn: ['table'],
    });
    const table = { name: 'table', layer: AlarmLayer.INFRASTRUCTURE, alarms: [leaf('table')] };
    new AlarmTree(stack, 'Alarms', { components: [zoned('api'), zoned('site'), table] });
  },
};

test('alarms of zones are among those that are looked at', () => {
  const zonal = alarmsOf(inZones).filter((alarm) => zoneOf(alarm) !== undefined);
  const leaves = zonal.filter(({ Properties }) => Properties?.Dimensions !== undefined);
  expect(new Set(zonal.map(zoneOf)).size).toBe(4);
  expect(leaves).toHaveLength(8);
  // Whether a zone is impaired by itself, what excuses it, and who tells of it; one alarm for all in it that need the table.
  expect(zonal.length - leaves.length).toBe(16);
});

describe.each([...allPatterns(), inZones].map((pattern) => [pattern.construct, pattern] as const))(
  'the alarms of %s',
  (_, pattern) => {
    it('say whose they are, what they look at, and what to do', () => {
      const lacks = alarmsOf(pattern)
        .map((alarm) => [pathOf(alarm), lacking(alarm)] as const)
        .filter(([, lacks]) => lacks.length > 0);
      expect(lacks).toEqual([]);
    });
  },
);
