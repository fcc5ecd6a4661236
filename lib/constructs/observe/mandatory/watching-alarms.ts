import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type CfnResource, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { badWhen } from '../../../calculus/mandatory/bad-direction';
import { propertiesOf, refersTo, resourcesIn } from './template-view';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';
const RULE = 'AWS::Events::Rule';

/**
 * The alarms of the app that watch one of some metrics of a resource, alone or in metric math: those of users, of libraries
 * and our own. One that fires on much of what is bad when there is little of it, or the other way round, is none of them: it
 * scales, or looks at cost.
 *
 * @internal
 */
export function alarmsOn(resource: CfnResource, metrics: readonly string[]): readonly CfnResource[] {
  const watched = [resource, ...membersOf(resource)];
  return resourcesIn(resource.node.root, ALARM).filter(
    (alarm) =>
      !isOnOther(alarm, metrics) &&
      metricsOf(alarm).some(
        ({ name, dimensions }) =>
          metrics.includes(name) &&
          looksWhereBad(alarm, name) &&
          watched.some((each) => names(dimensions, each, alarm)),
      ),
  );
}

/**
 * Whether an alarm is on other metrics as it is written: most are, and none of them has to be resolved for every metric of
 * every resource of the app. Where a token or an override may say otherwise, it is not known yet.
 */
function isOnOther(alarm: CfnResource, metrics: readonly string[]): boolean {
  if (!(alarm instanceof CfnAlarm)) return false;
  const { rawOverrides } = alarm as unknown as { readonly rawOverrides?: object };
  if (rawOverrides === undefined || Object.keys(rawOverrides).length > 0) return false;
  const { metricName, metrics: queries = [] } = alarm;
  if (!Array.isArray(queries)) return false;
  const written = [metricName, ...queries.map(metricOfQuery)];
  return written.every((name) => name === undefined || isOtherName(name, metrics));
}

/** A name, `undefined` for an expression, and what is no text where that is known only when it is resolved. */
function metricOfQuery(query: unknown): unknown {
  if (Tokenization.isResolvable(query)) return query;
  const { metricStat: stat } = query as { readonly metricStat?: { readonly metric?: object } };
  if (stat === undefined || Tokenization.isResolvable(stat)) return stat;
  const { metric } = stat;
  return metric === undefined || Tokenization.isResolvable(metric)
    ? UNRESOLVED
    : (metric as { readonly metricName?: unknown }).metricName;
}

const UNRESOLVED = {};

function isOtherName(name: unknown, metrics: readonly string[]): boolean {
  return typeof name === 'string' && !Token.isUnresolved(name) && !metrics.includes(name);
}

/** Whether an alarm fires in the direction in which its metric is bad. Of an expression only its author knows. */
function looksWhereBad(alarm: CfnResource, metric: string): boolean {
  const { ComparisonOperator: operator, Metrics: queries } = propertiesOf(alarm);
  if (typeof operator !== 'string') return true;
  if (isExpression(queries) && !/Upper|Lower/.test(operator)) return true;
  return badWhen(metric) === 'less than' ? operator.includes('LessThan') : operator.includes('GreaterThan');
}

function isExpression(queries: unknown): boolean {
  return Array.isArray(queries) && queries.some((query) => query?.Expression !== undefined);
}

/** The instances of a database cluster are watched for it. */
function membersOf(resource: CfnResource): readonly CfnResource[] {
  if (resource.cfnResourceType !== 'AWS::RDS::DBCluster') return [];
  return resourcesIn(resource.node.root, 'AWS::RDS::DBInstance').filter((instance) =>
    refersTo(propertiesOf(instance).DBClusterIdentifier, resource),
  );
}

/**
 * Whether somebody is told when an alarm fires: by its own actions, by a composite alarm, or by a rule of EventBridge.
 *
 * @internal
 */
export function tellsSomebody(alarm: CfnResource, above: readonly CfnResource[] = []): boolean {
  if (above.includes(alarm)) return false;
  const { AlarmActions: actions, AlarmName: name } = propertiesOf(alarm);
  if (!isSwitchedOff(alarm) && Array.isArray(actions) && actions.length > 0) return true;
  const { root } = alarm.node;
  const composites = resourcesIn(root, COMPOSITE).filter((composite) => {
    const rule = propertiesOf(composite).AlarmRule;
    return refersTo(rule, alarm) || (typeof name === 'string' && String(rule).includes(name));
  });
  return (
    composites.some((composite) => tellsSomebody(composite, [...above, alarm])) ||
    resourcesIn(root, RULE).some((rule) => takesAlarms(rule, alarm))
  );
}

/** Whether a person has switched the actions of an alarm off. @internal */
export function isSwitchedOff(alarm: CfnResource): boolean {
  return propertiesOf(alarm).ActionsEnabled === false;
}

/** A rule that names alarms takes those; one that names none takes all of its stack's region. */
function takesAlarms(rule: CfnResource, alarm: CfnResource): boolean {
  if (Stack.of(rule).region !== Stack.of(alarm).region) return false;
  const { EventPattern: pattern } = propertiesOf(rule);
  if (!JSON.stringify(pattern ?? '').includes('CloudWatch Alarm State Change')) return false;
  const { detail, resources } = pattern as { detail?: { alarmName?: unknown }; resources?: unknown };
  const filters = [detail?.alarmName, resources].filter((filter) => filter !== undefined);
  return filters.every((filter) => refersTo(filter, alarm));
}

interface MetricOfAlarm {
  readonly name: string;
  readonly dimensions: unknown;
}

function metricsOf(alarm: CfnResource): readonly MetricOfAlarm[] {
  const { MetricName: name, Dimensions: dimensions, Metrics: queries } = propertiesOf(alarm);
  const inQueries = (Array.isArray(queries) ? queries : []).map((query) => query?.MetricStat?.Metric ?? {});
  return [{ MetricName: name, Dimensions: dimensions }, ...inQueries]
    .filter((metric) => typeof metric.MetricName === 'string')
    .map((metric) => ({ name: metric.MetricName, dimensions: metric.Dimensions }));
}

/** Whether dimensions name a resource, by reference or by the name that it was given. */
function names(dimensions: unknown, resource: CfnResource, alarm: CfnResource): boolean {
  if (refersTo(dimensions, resource)) return true;
  const stack = Stack.of(resource);
  const values = (Array.isArray(dimensions) ? dimensions : []).map((each) => each?.Value);
  // A name means the resource of the region and account that the alarm stands in.
  const near = Stack.of(alarm).region === stack.region && Stack.of(alarm).account === stack.account;
  const byRef =
    Stack.of(alarm) === stack && values.some((value) => value?.Ref === stack.getLogicalId(resource));
  return byRef || (near && givenNames(resource).some((name) => values.includes(name)));
}

function givenNames(resource: CfnResource): readonly string[] {
  const named = Object.entries(propertiesOf(resource)).filter(([property]) =>
    /^Name$|(Name|Identifier)$/.test(property),
  );
  return named.flatMap(([, value]) =>
    typeof value === 'string' && !Token.isUnresolved(value) ? [value] : [],
  );
}

/** Lets a silent alarm tell a topic. @internal */
export function addAction(alarm: CfnResource, topicArn: string): void {
  if (!(alarm instanceof CfnAlarm)) {
    alarm.addPropertyOverride('AlarmActions', [topicArn]);
    return;
  }
  const l2 = alarm.node.scope as { addAlarmAction?: (action: object) => void } | undefined;
  const action = { bind: () => ({ alarmActionArn: topicArn }) };
  if (l2?.addAlarmAction && alarm.node.id === 'Resource') l2.addAlarmAction(action);
  else alarm.alarmActions = [topicArn];
}
