import { Template } from 'aws-cdk-lib/assertions';
import { CfnAlarm, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { AlarmLayer, tagAlarm } from '../../../../lib/constructs/observe/alarm-tags';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { IncidentBridgeProps } from '../../../../lib/constructs/observe/telling/incident-bridge-props';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../../../lib/constructs/observe/telling/incident-severity';
import type { Tier } from '../../../../lib/objectives/tier';
import { refusal } from '../../fixtures';
import { orders } from '../slo/orders';
import { bridgeTo, checkoutIn, secretOf, shopAt } from './bridge-fixtures';

/** Pairs of windows of 1 h and 6 h wake somebody, those of 1 d and 3 d make a ticket. */
function pairsIn(stack: Stack): readonly IAlarm[] {
  const { alarms } = new ServiceLevelObjective(stack, 'Orders', {
    indicator: orders,
    notifications: new Topic(stack, 'Pages'),
    tickets: new Topic(stack, 'Tickets'),
  });
  return alarms.map(({ both }) => both);
}

function bridged(tier: Tier, props: Partial<IncidentBridgeProps> = {}) {
  const stack = shopAt(tier);
  const pairs = pairsIn(stack);
  bridgeTo(stack, { alarms: pairs, ...props });
  return { stack, pairs };
}

/** The severity with which each pair of windows is told. */
function severities(stack: Stack): Readonly<Record<string, number>> {
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
  const told = rules.flatMap(({ Properties: { EventPattern, Targets } }) => {
    const said = /"severity":(\d),/.exec(Targets[0].InputTransformer?.InputTemplate ?? '')?.[1];
    const names = JSON.stringify(EventPattern?.detail?.alarmName ?? []);
    return [...names.matchAll(/Within(\w+?)Both/g)].map(([, pair]) => [pair, Number(said)] as const);
  });
  return Object.fromEntries(told);
}

/** Whether an alarm tells the fall-back, and how much it does. */
function actionsOf(alarm: IAlarm | undefined) {
  const resource = alarm?.node.defaultChild;
  if (!(resource instanceof CfnAlarm || resource instanceof CfnCompositeAlarm)) throw new Error('no alarm');
  const actions = Stack.of(resource).resolve(resource.alarmActions) as readonly unknown[];
  return { fallback: JSON.stringify(actions).includes('IncidentsFallbackTopic'), count: actions.length };
}

describe('alarms that make a ticket', () => {
  test('are SEV-4, beside those that wake somebody', () => {
    expect(severities(bridged(1).stack)).toEqual({ '1h': 2, '6h': 2, '1d': 4, '3d': 4 });
  });

  test('are SEV-4 where the severity of the bridge is given', () => {
    const { stack } = bridged(1, { severity: IncidentSeverity.SEV_1 });
    expect(severities(stack)).toEqual({ '1h': 1, '6h': 1, '1d': 4, '3d': 4 });
  });

  test('are not more severe than the bridge', () => {
    const { stack } = bridged(1, { severity: IncidentSeverity.SEV_5 });
    expect(severities(stack)).toEqual({ '1h': 5, '6h': 5, '1d': 5, '3d': 5 });
  });

  test('may have a severity of their own', () => {
    const stack = shopAt(1);
    const bridge = bridgeTo(stack);
    for (const alarm of pairsIn(stack)) bridge.watch(alarm, { severity: IncidentSeverity.SEV_3 });
    expect(severities(stack)).toEqual({ '1h': 3, '6h': 3, '1d': 3, '3d': 3 });
  });

  test('keep their own topic, and do not tell the fall-back', () => {
    expect(bridged(1).pairs.map(actionsOf)).toEqual([
      { fallback: true, count: 2 },
      { fallback: true, count: 2 },
      { fallback: false, count: 1 },
      { fallback: false, count: 1 },
    ]);
  });

  test('tell the fall-back where that is asked for', () => {
    const stack = shopAt(1);
    const bridge = bridgeTo(stack);
    const slowest = pairsIn(stack).at(-1);
    if (slowest) bridge.watch(slowest, { ownFallback: false });
    expect(actionsOf(slowest)).toEqual({ fallback: true, count: 2 });
  });

  test('tell the fall-back where they have no action of their own', () => {
    const stack = shopAt(1);
    const alarm = checkoutIn(stack);
    tagAlarm(alarm, { layer: AlarmLayer.SERVICE, severity: 'ticket' });
    bridgeTo(stack, { alarms: [alarm] });
    expect(actionsOf(alarm)).toEqual({ fallback: true, count: 1 });
  });

  test('are refused where no tool is told of them', () => {
    const stack = shopAt(1);
    const routingKey = secretOf(stack, 'Pager');
    const pager = IncidentDestination.pagerDuty({ routingKey, leastSeverity: IncidentSeverity.SEV_3 });
    const alarms = pairsIn(stack);
    expect(refusal(() => bridgeTo(stack, { destinations: [pager], alarms })).problem).toBe(
      'Shop/Orders/Within1d/Both has the severity SEV-4, and no destination is told of it: PagerDuty takes SEV-3 at least',
    );
  });
});
