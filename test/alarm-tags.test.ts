import { runbookOfTag } from '../lib/objectives/runbook-tag';
import { allPatterns, appOf, surroundings } from './support/pattern';

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
    readonly Tags?: readonly { readonly Key: string; readonly Value: unknown }[];
  };
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** What an alarm says, as far as who is paged needs it. */
const SAID = ['service', 'tier', 'layer', 'runbook'].map((name) => `resilience:${name}`);

/** Alarms of the user that a pattern is given: they have words of their own. */
const GIVEN = /^Shop-[^/]*\/(Checkout|Errors|FailedOrders)\/Resource$/;

const pathOf = ({ Metadata }: Resource) => String(Metadata?.['aws:cdk:path']);

function lacking(alarm: Resource): readonly string[] {
  const { Properties = {} } = alarm;
  const { Tags = [], AlarmActions: actions = [], AlarmDescription: text, ActionConfiguration } = Properties;
  const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  const sent = JSON.stringify(ActionConfiguration ?? '') === '{"AlarmTagsPropagation":{"Enabled":true}}';
  return [
    ...SAID.filter((name) => tags[name] === undefined),
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

describe.each(allPatterns().map((pattern) => [pattern.construct, pattern] as const))(
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
