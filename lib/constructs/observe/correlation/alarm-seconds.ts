import { CfnAlarm, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { type CompositeRule, parseCompositeRule } from '../../../calculus/alarms/composite-rule';
import { propertiesOf } from '../mandatory/template-view';

/** Seconds of an alarm; undefined where the app does not show them. @internal */
export type AlarmSeconds = number | undefined;

/** How long an alarm takes for something, by what it is made of. @internal */
export interface Reckoning {
  readonly ofMetrics: (looked: LookedAt) => AlarmSeconds;

  /** Of a rule that holds while all of some alarms fire. */
  readonly all: (times: readonly AlarmSeconds[]) => AlarmSeconds;

  /** Of one that holds while any does. */
  readonly any: (times: readonly AlarmSeconds[]) => AlarmSeconds;
}

/** What an alarm on metrics looks at: of so many periods so many must be bad. @internal */
export interface LookedAt {
  /** Seconds. */
  readonly period: number;
  readonly periods: number;
  readonly bad: number;
}

/** Reckons with an alarm, and with those that it is joined from. @internal */
export function secondsOf({ node }: Pick<IAlarm, 'node'>, reckoning: Reckoning): AlarmSeconds {
  const { defaultChild: resource, root } = node;
  if (resource instanceof CfnAlarm) {
    const looked = lookedAt(propertiesOf(resource));
    return looked && reckoning.ofMetrics(looked);
  }
  if (!(resource instanceof CfnCompositeAlarm)) return undefined;
  const { AlarmRule: rule } = propertiesOf(resource);
  return typeof rule === 'string' ? ofRule(parseCompositeRule(rule), root, reckoning) : undefined;
}

function lookedAt(properties: Readonly<Record<string, unknown>>): LookedAt | undefined {
  const { Period: only, Metrics: queries = [], EvaluationPeriods: all } = properties;
  const { DatapointsToAlarm: bad = all } = properties;
  const given = [only, ...(queries as Query[]).flatMap((each) => [each.Period, each.MetricStat?.Period])];
  const looked = {
    period: Math.max(...given.filter((each) => typeof each === 'number')),
    periods: Number(all),
    bad: Number(bad),
  };
  return Object.values(looked).every(Number.isFinite) ? looked : undefined;
}

interface Query {
  readonly Period?: unknown;
  readonly MetricStat?: { readonly Period?: unknown };
}

function ofRule(rule: CompositeRule, root: IConstruct, reckoning: Reckoning): AlarmSeconds {
  const { all, any } = reckoning;
  switch (rule.kind) {
    case 'constant':
      return 0;
    case 'state':
      return rule.state === 'ALARM' ? ofNamed(rule.alarm, root, reckoning) : undefined;
    case 'and':
      return all(rule.of.map((part) => ofRule(part, root, reckoning)));
    case 'or':
      return any(rule.of.map((part) => ofRule(part, root, reckoning)));
    case 'atLeast':
      return rule.state === 'ALARM' && !rule.negated
        ? any(rule.alarms.map((alarm) => ofNamed(alarm, root, reckoning)))
        : undefined;
    case 'not':
      return undefined;
  }
}

/** A child as {@link propertiesOf} marks it; one that is named in words may stand anywhere. */
function ofNamed(alarm: string, root: IConstruct, reckoning: Reckoning): AlarmSeconds {
  const path = /^<<(.+)>>$/.exec(alarm)?.[1];
  const resource = path
    ?.split('/')
    .reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), root);
  const owner = resource?.node.scope;
  return owner && secondsOf(owner, reckoning);
}

/** A bound holds though others are not known. @internal */
export function least(times: readonly AlarmSeconds[]): AlarmSeconds {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** @internal */
export function most(times: readonly AlarmSeconds[]): AlarmSeconds {
  return times.some((time) => time === undefined) ? undefined : Math.max(...times.map(Number));
}
