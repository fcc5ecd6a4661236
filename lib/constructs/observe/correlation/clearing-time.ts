import { CfnAlarm, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { type CompositeRule, parseCompositeRule } from '../../../calculus/alarms/composite-rule';
import { propertiesOf } from '../mandatory/template-view';

const DAY = 86_400;
const HOUR = 3_600;

/**
 * How long an alarm may still fire after what it looks at is well again, in seconds; undefined where the app does not show it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @internal
 */
export function clearingSeconds({ node }: Pick<IAlarm, 'node'>): number | undefined {
  const { defaultChild: resource, root } = node;
  if (resource instanceof CfnAlarm) return ofMetrics(propertiesOf(resource));
  if (!(resource instanceof CfnCompositeAlarm)) return undefined;
  const { AlarmRule: rule } = propertiesOf(resource);
  return typeof rule === 'string' ? ofRule(parseCompositeRule(rule), root) : undefined;
}

/** The period in which it ended is still bad, and then as many good ones must follow as make M of N impossible. */
function ofMetrics(properties: Readonly<Record<string, unknown>>): number | undefined {
  const { Period: only, Metrics: queries = [], EvaluationPeriods: all } = properties;
  const { DatapointsToAlarm: bad = all } = properties;
  const periods = [only, ...(queries as Query[]).flatMap((each) => [each.Period, each.MetricStat?.Period])];
  const period = Math.max(...periods.filter((each) => typeof each === 'number'));
  const seconds = period * (Number(all) - Number(bad) + 2);
  if (!Number.isFinite(seconds)) return undefined;
  // What looks back over more than a day is looked at once an hour.
  return period * Number(all) > DAY ? seconds + HOUR : seconds;
}

interface Query {
  readonly Period?: unknown;
  readonly MetricStat?: { readonly Period?: unknown };
}

function ofRule(rule: CompositeRule, root: IConstruct): number | undefined {
  switch (rule.kind) {
    case 'constant':
      return 0;
    case 'state':
      return rule.state === 'ALARM' ? ofNamed(rule.alarm, root) : undefined;
    case 'and':
      // It ends with the first of them.
      return least(rule.of.map((part) => ofRule(part, root)));
    case 'or':
      return most(rule.of.map((part) => ofRule(part, root)));
    case 'atLeast':
      return rule.state === 'ALARM' && !rule.negated
        ? most(rule.alarms.map((alarm) => ofNamed(alarm, root)))
        : undefined;
    case 'not':
      return undefined;
  }
}

/** A child as {@link propertiesOf} marks it; one that is named in words may stand anywhere. */
function ofNamed(alarm: string, root: IConstruct): number | undefined {
  const path = /^<<(.+)>>$/.exec(alarm)?.[1];
  const resource = path
    ?.split('/')
    .reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), root);
  const owner = resource?.node.scope;
  return owner && clearingSeconds(owner);
}

/** A bound holds though others are not known. */
function least(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function most(times: readonly (number | undefined)[]): number | undefined {
  return times.some((time) => time === undefined) ? undefined : Math.max(...times.map(Number));
}
