import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import { alarmsOn } from '../../assembly/observe/alarms';
import { metricCoverage } from '../../assembly/observe/metric-coverage';
import type { Resource } from '../../assembly/resource';
import { nameOf } from '../modelling';
import type { AlarmFinding } from './finding';
import { edgesFrom, watchedIn } from './missing-cause';

/**
 * What composite alarms wait for, and no alarm of the app is on: while it fails, people are told of its symptoms, and nothing tells
 * the cause apart. Each is told of the first alarm that waits for it.
 *
 * @param composites of an app
 */
export function unwatchedCauses(composites: readonly Resource[]): readonly AlarmFinding[] {
  const told = new Set<Resource>();
  return composites.filter(tellsPeopleItself).flatMap((alarm) =>
    watchedIn(alarm).flatMap((watched) =>
      edgesFrom(watched).flatMap(({ from, to, sure }): readonly AlarmFinding[] => {
        const metrics = told.has(to) ? [] : unwatchedMetrics(to);
        if (metrics.length === 0) return [];
        told.add(to);
        return [
          {
            fault: 'missing-cause',
            alarm,
            weight: 'info',
            sure,
            found: `${from.logicalId}, which it watches, needs ${nameOf(to)}, and no alarm is on that: while it fails, people are told of the symptom only`,
            fix: `put an alarm on ${metrics[0]} of ${nameOf(to)} (MandatoryAlarms does), and let it silence this one (dependsOn in an AlarmTree, else ActionsSuppressor)`,
          },
        ];
      }),
    ),
  );
}

/** What an alarm must watch on a resource on which there surely is none; nothing where there is one, or nobody knows. */
function unwatchedMetrics(resource: Resource): readonly string[] {
  const { metrics, maybe, unknown } = alarmsOn(resource);
  if (metrics.length > 0 || maybe.length > 0 || unknown !== undefined) return [];
  const coverage = metricCoverage(resource);
  // Why it needs none, or why that is not known, is a text or an Unknown; where a member of it is watched, it passes.
  if (!Array.isArray(coverage) || coverage.some(({ judgement }) => judgement.outcome !== 'fail')) return [];
  return coverage.map(({ metric }) => metric.anyOf.join(' or '));
}
