import { alarmDetection } from '../../assembly/dns/failover-detection';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { danglingDimensionOf, misreadDimensionOf } from '../../assembly/observe/alarm-dimensions';
import { metricAlarmOf } from '../../assembly/observe/alarm-model';
import { judgeSilence } from '../../assembly/observe/alarm-silence';
import { alarmsOn, metricNamesOf, watchedBy } from '../../assembly/observe/alarms';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { secondsUntilShareFires } from '../../calculus/alarms/failing-share';
import { detectionStep } from '../../calculus/failover-time';
import { OUTAGE_METRICS } from '../../calculus/mandatory-metrics';
import { formatSeconds } from '../../calculus/time-span';
import { DETECTION_SHARE } from '../../objectives/detection';
import { MONITORING } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const ALARM = ['AWS::CloudWatch::Alarm'];
const CLOUDWATCH = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';

export const alarmsLeaveTimeToRecover: Rule = {
  id: 'X-72',
  title: 'Alarms notice an outage within their share of the recovery time.',
  kind: 'monitoring',
  why: 'The recovery time runs from the start of the outage: what detection takes of it is gone before anybody acts.',
  fix: 'shorten the period of the alarm, or ask for fewer data points',
  severity: MEDIUM,
  appliesTo: ALARM,
  controls: MONITORING,
  parameters: {
    rtoSharePercent: {
      meaning: 'The share of the RTO for the loss of a region that detection may take, in per cent.',
      default: DETECTION_SHARE * 100,
    },
  },
  sources: [`${CLOUDWATCH}/alarm-evaluation.html`],
  check: judgeDetection,
};

export const missingDataIsAnAlarm: Rule = {
  id: 'X-73',
  title: 'Alarms on health take silence for bad news, and watch what is there.',
  kind: 'monitoring',
  why: 'What is dead reports nothing: an alarm that takes silence for health, or watches a name that nothing has, never fires.',
  fix: 'set TreatMissingData to breaching, and let the dimension refer to the resource',
  fixes: {
    Dimensions: 'let the dimension refer to the resource',
    TreatMissingData: 'set TreatMissingData to breaching',
  },
  severity: MEDIUM,
  appliesTo: ALARM,
  controls: MONITORING,
  sources: [`${CLOUDWATCH}/alarms-and-missing-data.html`],
  check: (alarm) => [judgeSilence(alarm), judgeDimensions(alarm)],
};

function judgeDetection(alarm: Resource, context: RuleContext): Judgement {
  const names = metricNamesOf(alarm);
  if (!names.some((name) => typeof name === 'string' && OUTAGE_METRICS.has(name))) {
    const open = names.find((name) => name instanceof Unknown);
    return open instanceof Unknown ? unknown('MetricName', open) : notApplicable('the alarm shows no outage');
  }
  const budget = budgetOf(alarm, context);
  const seconds = secondsOf(alarm);
  if (seconds instanceof Unknown) return unknown('Period', seconds);
  if (seconds <= budget) return pass({ property: 'Period', found: `${formatSeconds(seconds)} to detect` });
  const quicker = quickerThan(alarm, budget);
  if (quicker) return pass({ found: `${quicker.logicalId} notices sooner` });
  const needed = `at most ${formatSeconds(budget)}, ${Number(context.parameters.rtoSharePercent)} % of the RTO`;
  return fail({ property: 'Period', found: `${formatSeconds(seconds)} to detect`, needed });
}

/** The strictest service of what the alarm watches decides. */
function budgetOf(alarm: Resource, { service, serviceOf, parameters }: RuleContext): number {
  const services = watchedBy(alarm).map(({ resource }) => serviceOf(resource));
  const objectives = (services.length > 0 ? services : [service]).map(
    ({ recovery }) => recovery.region.rtoSeconds,
  );
  return (Math.min(...objectives) * Number(parameters.rtoSharePercent)) / 100;
}

function secondsOf(alarm: Resource): number | Unknown {
  const model = metricAlarmOf(alarm);
  const share = model instanceof Unknown ? undefined : secondsUntilShareFires(model);
  if (share !== undefined) return share;
  const detection = alarmDetection(alarm);
  return detection instanceof Unknown ? detection : detectionStep(detection).typicalSeconds;
}

/** Another alarm on the same metrics of the same resources, which is quick enough. */
function quickerThan(alarm: Resource, budget: number): Resource | undefined {
  for (const { resource, name } of watchedBy(alarm)) {
    if (!OUTAGE_METRICS.has(name)) continue;
    const others = alarmsOn(resource).metrics.filter((other) => other.name === name);
    const quick = others.find((other) => {
      const seconds = secondsOf(other.alarm);
      return typeof seconds === 'number' && seconds <= budget && existsWith(other.alarm, alarm) === true;
    });
    if (quick) return quick.alarm;
  }
  return quickerOnTheSameMetric(alarm, budget);
}

/** The same for what the app does not build, whose metrics have a name all the same. */
function quickerOnTheSameMetric(alarm: Resource, budget: number): Resource | undefined {
  const watched = outageMetricsOf(alarm);
  return alarm.stack.graph.ofType(...ALARM).find((other) => {
    if (other === alarm || other.stack !== alarm.stack) return false;
    if (![...outageMetricsOf(other)].some((metric) => watched.has(metric))) return false;
    const seconds = secondsOf(other);
    return typeof seconds === 'number' && seconds <= budget && existsWith(other, alarm) === true;
  });
}

/** The metrics that an outage shows in, each with its namespace and dimensions. */
function outageMetricsOf(alarm: Resource): ReadonlySet<string> {
  const model = metricAlarmOf(alarm);
  if (model instanceof Unknown) return new Set();
  const metrics = model.queries.flatMap((query) => ('metric' in query ? [query.metric] : []));
  return new Set(
    metrics.filter(({ name }) => OUTAGE_METRICS.has(name)).map((metric) => JSON.stringify(metric)),
  );
}

function judgeDimensions(alarm: Resource): Judgement {
  const misread = misreadDimensionOf(alarm);
  if (misread)
    return fail({ property: 'Dimensions', ...misread, fix: `give ${misread.needed} as the dimension` });
  const dangling = danglingDimensionOf(alarm);
  if (dangling === undefined) return notApplicable('no dimension is a name that is written out');
  if (dangling instanceof Unknown) return unknown('Dimensions', dangling);
  if (dangling.known) return pass({ property: 'Dimensions', found: dangling.name });
  return fail({
    property: 'Dimensions',
    found: `${dangling.name}, which no resource of the app is called`,
    needed: 'a reference to the resource',
  });
}
