import { alarmDetection } from '../../assembly/dns/failover-detection';
import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { isList, isMap, Unknown, type Value, wordOf } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type AlarmDetection, detectionStep, type FailoverTerm } from '../../calculus/failover-time';
import { type Modelling, nameOf } from '../modelling';

/** How soon alarms start a Region switch plan. */
export interface PlanStart {
  readonly term: FailoverTerm;

  /** Why it is taken as for a health check of AWS. @default - the alarms are in the app */
  readonly assumed?: string;
}

/** How soon a plan starts by itself: all alarms of a trigger must be red; undefined where a person starts it. */
export function startOf(plan: Resource): PlanStart | undefined {
  const triggers = plan.get('Triggers');
  if (!isList(triggers) || triggers.length === 0) return undefined;
  const detections = triggerAlarms(plan).map((alarm) =>
    alarm instanceof Unknown ? alarm : alarmDetection(alarm),
  );
  const unknown = detections.find((each) => each instanceof Unknown);
  const [slowest] = detections.filter(isKnown).sort((a, b) => secondsOf(b) - secondsOf(a));
  if (slowest && !unknown) return { term: termOf(slowest) };
  return { term: BY_DEFAULT, assumed: unknown?.reason ?? `${plan.logicalId} names no alarms` };
}

/** Says that nothing is known of how soon its alarms fire, where that is so. */
export function sayStart(plan: Resource, assumed: string | undefined, model: Modelling): void {
  if (assumed !== undefined)
    model.assume(
      `how soon ${nameOf(plan)} starts is taken as for a health check by default: ${assumed}`,
      plan,
    );
}

/** The alarms that must be red, of all triggers of a plan; what is not in the app is unknown. */
export function triggerAlarms(plan: Resource): readonly (Resource | Unknown)[] {
  const names = valuesAt(plan, 'Triggers.*.Conditions')
    .flat()
    .filter(isMap)
    .map(({ AssociatedAlarmName: name }) => wordOf(name));
  return [...new Set(names)].map((name) => alarmNamed(plan, name));
}

function alarmNamed(plan: Resource, name: string): Resource | Unknown {
  const alarms = plan.get('AssociatedAlarms');
  const entry: Value | undefined = isMap(alarms) ? alarms[name] : undefined;
  const named = isMap(entry) ? entry.ResourceIdentifier : undefined;
  const alarm = plan.stack.graph.resolve(named ?? null, plan);
  if (alarm instanceof Resource) return alarm;
  return new Unknown(`the alarm ${name} is not in the app`);
}

function isKnown(detection: AlarmDetection | Unknown): detection is AlarmDetection {
  return !(detection instanceof Unknown);
}

function secondsOf(detection: AlarmDetection): number {
  return detectionStep(detection).typicalSeconds;
}

function termOf(detection: AlarmDetection): FailoverTerm {
  const { periodSeconds, evaluationPeriods } = detection;
  const { typicalSeconds, source } = detectionStep(detection);
  return { what: `an alarm, ${periodSeconds} s × ${evaluationPeriods}`, seconds: typicalSeconds, source };
}

const { route53DefaultFailureThreshold: threshold, route53DefaultHealthCheckIntervalSeconds: interval } =
  AWS_FACTS;

const BY_DEFAULT: FailoverTerm = {
  what: 'alarms that start the plan',
  seconds: interval.value * threshold.value,
  source: interval.source,
};
