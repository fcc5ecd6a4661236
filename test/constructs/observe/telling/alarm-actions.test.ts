import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  AlarmRule,
  AlarmState,
  type CfnAlarm,
  CompositeAlarm,
  type IAlarm,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, CfnParameter, type Stack, Token } from 'aws-cdk-lib/core';
import type { Tier } from '../../../../lib/objectives/tier';
import { refusal } from '../../fixtures';
import { bridgeTo, checkoutIn, shopAt } from './bridge-fixtures';

const warns = (stack: Stack) => () =>
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('the fall-back does not'));

describe('an alarm that takes no actions', () => {
  it.each<Tier>([0, 1])('is refused at tier %i, since the fall-back never hears it', (tier) => {
    const stack = shopAt(tier);
    const alarms = [checkoutIn(stack, { actionsEnabled: false })];
    const { path, problem, fix } = refusal(() => bridgeTo(stack, { alarms }));
    expect(path).toBe('Shop/Incidents');
    expect(problem).toBe(
      'Shop/Checkout has actionsEnabled false, so it may take no action of its own: the bridge tells of it, the fall-back does not',
    );
    expect(fix).toBe('leave actionsEnabled out; to keep it silent for a time, mute it');
  });

  it.each<Tier>([2, 3])('is told of with a warning at tier %i', (tier) => {
    const stack = shopAt(tier);
    bridgeTo(stack, { alarms: [checkoutIn(stack, { actionsEnabled: false })] });
    expect(warns(stack)).not.toThrow();
  });

  it('is refused with a way of its own as well, and as a composite', () => {
    const stack = shopAt(1);
    const bridge = bridgeTo(stack);
    const alarm = checkoutIn(stack, { actionsEnabled: false });
    const both: IAlarm = new CompositeAlarm(stack, 'Both', {
      alarmRule: AlarmRule.fromAlarm(alarm, AlarmState.ALARM),
      actionsEnabled: false,
    });
    for (const each of [alarm, both])
      expect(refusal(() => bridge.watch(each, { ownFallback: true })).problem).toContain(
        'has actionsEnabled false',
      );
  });

  it('is told of with a warning where only a deploy knows', () => {
    const stack = shopAt(1);
    const alarm = checkoutIn(stack);
    const { valueAsString } = new CfnParameter(stack, 'Enabled');
    (alarm.node.defaultChild as CfnAlarm).actionsEnabled = Token.asAny(valueAsString);
    bridgeTo(stack, { alarms: [alarm] });
    expect(warns(stack)).not.toThrow();
  });

  it('is none that takes them', () => {
    const stack = shopAt(1);
    bridgeTo(stack, { alarms: [checkoutIn(stack, { actionsEnabled: true })] });
    expect(warns(stack)).toThrow();
  });
});

describe('an alarm with many actions', () => {
  const built = (count: number, when: 'before' | 'after') => {
    const stack = shopAt(1);
    const alarm = checkoutIn(stack);
    const act = () => {
      for (let index = 0; index < count; index++)
        alarm.addAlarmAction(new SnsAction(new Topic(stack, `Topic${index}`)));
    };
    if (when === 'before') act();
    bridgeTo(stack, { alarms: [alarm] });
    if (when === 'after') act();
    return () => (stack.node.root as App).synth();
  };

  it.each(['before', 'after'] as const)('is refused at a sixth, where five come %s the bridge', (when) => {
    expect(built(4, when)).not.toThrow();
    expect(built(5, when)).toThrow(
      /\[Shop\/Incidents\] Shop\/Checkout\/Resource has 6 actions for ALARM, the fall-back among them, and CloudWatch takes 5: remove 1, or have one topic tell several/,
    );
  });

  it('is counted for each state', () => {
    const stack = shopAt(1);
    const alarm = checkoutIn(stack);
    for (let index = 0; index < 7; index++)
      alarm.addInsufficientDataAction(new SnsAction(new Topic(stack, `Topic${index}`)));
    bridgeTo(stack, { alarms: [alarm] });
    expect(() => (stack.node.root as App).synth()).toThrow('7 actions for INSUFFICIENT_DATA');
  });
});
