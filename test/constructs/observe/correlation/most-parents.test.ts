import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stack } from 'aws-cdk-lib/core';
import { AlarmLayer } from '../../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../../lib/constructs/observe/correlation/alarm-tree';
import type { AlarmComponent } from '../../../../lib/constructs/observe/correlation/alarm-tree-props';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import { refusal, shopStack } from '../../fixtures';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** An alarm that is made elsewhere: it is no resource of the stack, which takes 500. */
function leaf(stack: Stack, name: string): IAlarm {
  return Alarm.fromAlarmArn(stack, name, `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`);
}

function part(stack: Stack, name: string, dependsOn: readonly string[] = []): AlarmComponent {
  return { name, layer: AlarmLayer.APPLICATION, alarms: [leaf(stack, `Of${name}`)], dependsOn };
}

function many<Made>(count: number, one: (index: number) => Made): Made[] {
  return Array.from({ length: count }, (_, index) => one(index));
}

interface Rule {
  readonly id: string;
  readonly names: ReadonlySet<string>;
}

function rulesOf(stack: Stack): readonly Rule[] {
  const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
  return Object.entries(composites).map(([id, { Properties }]) => {
    const { AlarmRule: rule } = Properties;
    const parts: readonly unknown[] = typeof rule === 'string' ? [rule] : rule['Fn::Join'][1];
    const text = parts
      .map((each) =>
        typeof each === 'string' ? each : (each as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0],
      )
      .join('');
    return { id, names: new Set([...text.matchAll(/"([^"]+)"/g)].map(([, name]) => String(name))) };
  });
}

/** In how many rules the alarm stands that stands in most. */
function mostParents(stack: Stack): number {
  const counts = new Map<string, number>();
  for (const { names } of rulesOf(stack))
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(...counts.values());
}

const causesIn = (stack: Stack) =>
  rulesOf(stack)
    .map(({ id }) => id)
    .filter((id) => /Causes[0-9A-F]{8}$/.test(id));

describe('parts that wait for the same', () => {
  test('read one alarm, be they 160', () => {
    const stack = shopStack(1);
    new AlarmTree(stack, 'Alarms', {
      components: [
        part(stack, 'db'),
        part(stack, 'cache'),
        ...many(160, (index) =>
          part(stack, `worker-${index}`, index % 2 === 0 ? ['db', 'cache'] : ['cache', 'db']),
        ),
      ],
    });
    expect(mostParents(stack)).toBeLessThanOrEqual(150);
    const workers = Object.entries(
      Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm'),
    ).filter(([id]) => /Componentsworker\d+Alarm/.test(id));
    const suppressors = workers.map(([, { Properties }]) => JSON.stringify(Properties.ActionsSuppressor));
    expect(suppressors).toHaveLength(160);
    expect(new Set(suppressors).size).toBe(1);
    expect(suppressors[0]).toContain('AlarmsComponentsworker0Causes');
  });

  test('in zones read one alarm, be they 60 in three', () => {
    const stack = shopStack(1);
    const inZones = (index: number): AlarmComponent => ({
      name: `worker-${index}`,
      layer: AlarmLayer.APPLICATION,
      zones: ZONES.map((zone) => ({ zone, alarms: [leaf(stack, `W${index}${zone.slice(-1)}`)] })),
      dependsOn: ['db', 'cache'],
    });
    new AlarmTree(stack, 'Alarms', {
      components: [part(stack, 'db'), part(stack, 'cache'), ...many(60, inZones)],
    });
    expect(mostParents(stack)).toBeLessThanOrEqual(150);
    const own = rulesOf(stack).filter(({ id }) => /Zones.*Own[0-9A-F]{8}$/.test(id));
    expect(own.map(({ names }) => names.size)).toEqual([61, 61, 61]);
  });

  test('keep one each where they wait for different things', () => {
    const stack = shopStack(1);
    new AlarmTree(stack, 'Alarms', {
      components: [
        part(stack, 'db'),
        part(stack, 'cache'),
        part(stack, 'queue'),
        part(stack, 'api', ['db', 'cache']),
        part(stack, 'worker', ['db', 'queue']),
      ],
    });
    expect(causesIn(stack).map((id) => id.slice(0, -8))).toEqual([
      'AlarmsComponentsapiCauses',
      'AlarmsComponentsworkerCauses',
      'AlarmsServiceCauses',
    ]);
  });

  test('keep one each where only one of them stands in zones', () => {
    const stack = shopStack(1);
    const zones = ZONES.map((zone) => ({ zone, alarms: [leaf(stack, `Of${zone}`)] }));
    new AlarmTree(stack, 'Alarms', {
      components: [
        part(stack, 'db'),
        part(stack, 'cache'),
        part(stack, 'worker', ['db', 'cache']),
        { ...part(stack, 'api', ['db', 'cache']), zones },
      ],
    });
    const causes = rulesOf(stack).filter(({ id }) => /^AlarmsComponents\w+Causes/.test(id));
    expect(causes.map(({ id, names }) => [id.slice(0, -8), names.size])).toEqual([
      ['AlarmsComponentsworkerCauses', 2],
      ['AlarmsComponentsapiCauses', 5],
    ]);
  });
});

describe('an alarm in more rules than CloudWatch takes is refused', () => {
  /** Parts of which no two wait for the same. */
  const differing = (stack: Stack, count: number, shared: string) =>
    many(count, (index) => [part(stack, `own-${index}`), part(stack, `w-${index}`, [shared, `own-${index}`])])
      .flat()
      .concat(part(stack, shared));

  test('for a component', () => {
    const stack = shopStack(1);
    const refused = refusal(
      () => new AlarmTree(stack, 'Alarms', { components: differing(stack, 149, 'db') }),
    );
    expect(refused.path).toBe('Shop/Alarms');
    expect(refused.problem).toBe(
      'Shop/Alarms/Components/db/Alarm stands in the rules of 151 composite alarms, and CloudWatch takes 150',
    );
    expect(refused.fix).toBe('let parts that need it have the same dependsOn: they share one rule');
  });

  test('but not at the limit', () => {
    const stack = shopStack(1);
    new AlarmTree(stack, 'Alarms', { components: differing(stack, 148, 'db') });
    expect(mostParents(stack)).toBe(150);
  });

  test('for one of another service that other alarms of the stack name, too', () => {
    const stack = shopStack(1, {}, { dependsOn: [{ service: 'payments', kind: DependencyKind.HARD }] });
    const payments: IAlarm = Alarm.fromAlarmArn(
      stack,
      'Payments',
      'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:payments',
    );
    for (let index = 0; index < 149; index += 1)
      new CompositeAlarm(stack, `Other${index}`, {
        alarmRule: AlarmRule.anyOf(payments, leaf(stack, `O${index}`)),
      });
    const tree = (id: string) =>
      new AlarmTree(stack, id, {
        components: [part(stack, `api${id}`.toLowerCase(), ['payments'])],
        upstream: [{ service: 'payments', alarm: payments }],
      });
    expect(() => tree('One')).not.toThrow();
    expect(refusal(() => tree('Two')).problem).toBe(
      'Shop/Payments stands in the rules of 151 composite alarms, and CloudWatch takes 150',
    );
  });
});
