import type { AlarmState } from './alarm-state';
import type { CompositeRule } from './composite-rule';
import type { MetricAlarm } from './metric-alarm';

/**
 * Whether one alarm fires at the latest when another does: both see the same data points, what breaches the stricter
 * breaches the wider too, and the wider asks for no more of them within no less time.
 *
 * Whether they watch the same is for the caller to say.
 */
export function firesWith(wider: MetricAlarm, stricter: MetricAlarm): boolean {
  return (
    wider.missingData === stricter.missingData &&
    wider.datapointsToAlarm <= stricter.datapointsToAlarm &&
    wider.evaluationPeriods >= stricter.evaluationPeriods &&
    breachesWith(wider, stricter)
  );
}

/** Whether every value that breaches the stricter alarm breaches the wider one. */
function breachesWith(wider: MetricAlarm, stricter: MetricAlarm): boolean {
  if (isAbove(wider) !== isAbove(stricter)) return false;
  const gap = isAbove(wider) ? stricter.threshold - wider.threshold : wider.threshold - stricter.threshold;
  return gap > 0 || (gap === 0 && (takesThreshold(wider) || !takesThreshold(stricter)));
}

function isAbove({ comparison }: MetricAlarm): boolean {
  return comparison.startsWith('Greater');
}

function takesThreshold({ comparison }: MetricAlarm): boolean {
  return comparison.includes('OrEqual');
}

/**
 * What the state of one alarm makes of a composite rule, whatever the others do.
 *
 * @param states the states that it may be in
 * @returns undefined where the others decide
 */
export function settledBy(
  rule: CompositeRule,
  alarm: string,
  states: readonly AlarmState[],
): boolean | undefined {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return rule.alarm === alarm ? within(states, rule.state) : undefined;
    case 'not': {
      const inner = settledBy(rule.of, alarm, states);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const parts = rule.of.map((part) => settledBy(part, alarm, states));
      const decisive = rule.kind === 'or';
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    case 'atLeast':
      return settledCount(rule, alarm, states);
  }
}

function within(states: readonly AlarmState[], state: AlarmState): boolean | undefined {
  if (!states.includes(state)) return false;
  return states.length === 1 ? true : undefined;
}

function settledCount(
  { threshold, percent, negated, state, alarms }: Extract<CompositeRule, { kind: 'atLeast' }>,
  alarm: string,
  states: readonly AlarmState[],
): boolean | undefined {
  const needed = percent ? Math.ceil((threshold * alarms.length) / 100) : threshold;
  const own = within(states, state);
  const matches = own === undefined ? undefined : own !== negated;
  const mine = alarms.filter((each) => each === alarm).length;
  const least = matches === true ? mine : 0;
  const most = alarms.length - (matches === false ? mine : 0);
  if (least >= needed) return true;
  return most < needed ? false : undefined;
}
