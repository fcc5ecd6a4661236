import { allPatterns, appOf, surroundings } from './support/pattern';

const RUNBOOK = 'runbooks/shop.md';

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

/** Alarms of the user that a pattern is given. */
const GIVEN = /^Shop-[^/]*\/(Checkout|Errors|FailedOrders)\/Resource$/;

const pathOf = ({ Metadata }: Resource) => String(Metadata?.['aws:cdk:path']);

function lacking({ Properties = {} }: Resource): readonly string[] {
  const { Tags = [], AlarmActions: actions = [], AlarmDescription: text, ActionConfiguration } = Properties;
  const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  const sent = JSON.stringify(ActionConfiguration ?? '') === '{"AlarmTagsPropagation":{"Enabled":true}}';
  return [
    ...SAID.filter((name) => tags[name] === undefined),
    ...(sent ? [] : ['tags on its events']),
    // Who reads the mail sees the text only.
    ...(actions.length > 0 && !String(JSON.stringify(text)).includes(`Runbook: ${tags['resilience:runbook']}`)
      ? ['the runbook in its text']
      : []),
  ];
}

function alarmsOf(pattern: ReturnType<typeof allPatterns>[number]) {
  const tier = ([1, 0, 2, 3] as const).find((each) => !pattern.refused?.[each]) ?? 1;
  const around = surroundings(pattern, tier, { service: { runbook: RUNBOOK, ...pattern.service } });
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
        .filter((alarm) => !GIVEN.test(pathOf(alarm)))
        .map((alarm) => [pathOf(alarm), lacking(alarm)] as const)
        .filter(([, lacks]) => lacks.length > 0);
      expect(lacks).toEqual([]);
    });
  },
);
