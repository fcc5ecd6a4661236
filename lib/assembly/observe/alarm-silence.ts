import { type Judgement, notApplicable, pass, unknown } from '../judgement';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { alarmsOn, metricNamesOf, watchedBy } from './alarms';

/** Metrics that come as long as what they watch lives. One that counts heartbeats that were missed is a verdict. */
const SIGNS_OF_LIFE =
  /heart-?beat(?!s?Missed)|^((Un)?HealthyHostCount|(Un)?HealthyState(DNS|Routing)|HealthCheckStatus|HealthCheckPercentageHealthy|ChildHealthCheckHealthyCount|StatusCheckFailed(_\w+)?|SuccessPercent|TunnelState|ConnectionState|ActiveControllerCount|HealthStatus|GroupInService(Capacity|Instances))$/i;

/** Judges whether an alarm on a sign of life takes silence for bad news. */
export function judgeSilence(alarm: Resource): Judgement {
  const names = metricNamesOf(alarm);
  const sure = names.some((name) => typeof name === 'string' && SIGNS_OF_LIFE.test(name));
  const ofDeadLetters = !sure && watchesDeadLetterAge(alarm);
  if (!sure && !ofDeadLetters) {
    const open = names.find((name) => name instanceof Unknown);
    const judged = judgeMissing(alarm);
    return open instanceof Unknown && judged.outcome !== 'pass'
      ? unknown('MetricName', open)
      : notApplicable('the alarm watches no sign of life');
  }
  const judged = judgeMissing(alarm);
  if (sure && judged.outcome === 'fail') return toldByAnother(alarm) ?? judged;
  // An empty queue that nobody asks is silent, too: whoever took that for bad would be told of it all the time.
  return ofDeadLetters && judged.outcome === 'fail'
    ? { ...judged, fix: 'set TreatMissingData to missing' }
    : judged;
}

/** Of several alarms on one sign of life it is enough that one takes silence for bad news. */
function toldByAnother(alarm: Resource): Judgement | undefined {
  const others = watchedBy(alarm)
    .filter(({ name }) => SIGNS_OF_LIFE.test(name))
    .flatMap(({ resource, name }) => alarmsOn(resource).metrics.filter((other) => other.name === name))
    .filter((other) => other.alarm !== alarm)
    .map((other) => silenceOf(other.alarm, alarm));
  return ['pass', 'unknown']
    .map((outcome) => others.find((other) => other.outcome === outcome))
    .find(Boolean);
}

/** Whether an alarm fires on silence wherever another one is. */
function silenceOf(alarm: Resource, beside: Resource): Judgement {
  const judged = alarm.is('TreatMissingData', 'breaching');
  const there = existsWith(alarm, beside);
  if (judged.outcome !== 'pass') return judged;
  return there === true
    ? pass({ property: 'TreatMissingData', found: `${alarm.logicalId} fires on its silence` })
    : unknown('TreatMissingData', there);
}

function judgeMissing(alarm: Resource): Judgement {
  return alarm.isNot('TreatMissingData', ['notBreaching', 'ignore'], { default: 'missing' });
}

/** Properties by which a queue is named as the place for what failed. */
const SET_ASIDE = /^(RedrivePolicy|DeadLetterConfig|DeadLetterQueue|DestinationConfig|EventInvokeConfig)$/;

function watchesDeadLetterAge(alarm: Resource): boolean {
  return watchedBy(alarm).some(
    ({ resource, name }) =>
      name === 'ApproximateAgeOfOldestMessage' &&
      resource.stack.graph.mentionsOf(resource).some(({ property }) => SET_ASIDE.test(property)),
  );
}
