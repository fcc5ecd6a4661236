import { alarmDetection } from '../../assembly/dns/failover-detection';
import { alarmsOn, watchedBy } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { detectionStep } from '../../calculus/failover-time';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { AssessedService } from '../assessed-service';
import { type Step, taking } from './path';

/** More alarms say nothing sooner. */
const MOST_ALARMS = 500;

/** What tells a person that a region is lost: the first alarm that stands elsewhere, else the news. */
export function regionNoticed({ resources }: AssessedService, region: string): Step {
  const alarms = resources.filter(
    ({ type, region: own }) => type === 'AWS::CloudWatch::Alarm' && own !== undefined && own !== region,
  );
  const first = alarms
    .slice(0, MOST_ALARMS)
    .filter((alarm) => calls(alarm) && tellsOfElsewhere(alarm))
    .map(alarmStep)
    .filter((step) => step !== undefined)
    .sort((a, b) => a.worstSeconds - b.worstSeconds)[0];
  const news = newsOfRegion();
  return first && first.worstSeconds < news.worstSeconds ? first : news;
}

/** The same of several regions, of which any may be lost, for all services that are led out of them: the slowest counts. */
export function regionsNoticed(services: readonly AssessedService[], regions: Iterable<string>): Step {
  const [slowest] = [...regions]
    .flatMap((region) => services.map((service) => regionNoticed(service, region)))
    .sort((a, b) => b.typicalSeconds - a.typicalSeconds);
  return slowest ?? newsOfRegion();
}

function newsOfRegion(): Step {
  return taking(RECOVERY_FACTS.noticeRegionSeconds, {
    what: 'somebody notices that the region is gone',
    fix: 'set an alarm in another region on what users see',
  });
}

/** What tells a person that a resource does not work: the first alarm on it that calls somebody, else its users. */
export function troubleNoticed(resource: Resource | undefined, fix?: string): Step {
  const complaint = taking(RECOVERY_FACTS.noticeSeconds, { what: 'somebody notices', ...(fix && { fix }) });
  const alarms = resource ? alarmsOn(resource).metrics.map(({ alarm }) => alarm) : [];
  const first = [...new Set(alarms)]
    .slice(0, MOST_ALARMS)
    .filter(calls)
    .map(alarmStep)
    .filter((step) => step !== undefined)
    .sort((a, b) => a.worstSeconds - b.worstSeconds)[0];
  return first && first.worstSeconds < complaint.worstSeconds ? first : complaint;
}

/** How long an alarm takes to fire; undefined where that is not in the template. */
export function alarmStep(alarm: Resource): Step | undefined {
  const detection = alarmDetection(alarm);
  if (detection instanceof Unknown) return undefined;
  const { typicalSeconds, worstSeconds, source } = detectionStep(detection);
  return {
    what: `an alarm, ${detection.periodSeconds} s × ${detection.evaluationPeriods}`,
    typicalSeconds,
    worstSeconds,
    source,
    resource: alarm,
    fix: 'use a shorter Period or fewer EvaluationPeriods',
  };
}

/** Metrics that change in one region when another one is gone. */
const METRICS: ReadonlySet<string> = new Set([
  'AuroraGlobalDBRPOLag',
  'AuroraGlobalDBReplicationLag',
  'GlobalDatastoreReplicationLag',
  'HealthCheckPercentageHealthy',
  'HealthCheckStatus',
  'OperationsPendingReplication',
  'ReplicaLag',
  'ReplicationLatency',
  'SuccessPercent',
]);

function tellsOfElsewhere(alarm: Resource): boolean {
  return watchedBy(alarm).some(({ name }) => name !== undefined && METRICS.has(name));
}

/** An alarm without an action calls nobody. */
function calls(alarm: Resource): boolean {
  const actions = alarm.list('AlarmActions');
  return actions instanceof Unknown || actions.length > 0;
}
