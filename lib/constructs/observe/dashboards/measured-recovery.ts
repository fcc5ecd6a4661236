import { type ConcreteWidget, type Metric, SingleValueWidget, TableWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { MeasuredPart, RECOVERY_STATISTICS } from '../../../objectives/measured-figures';
import { INCIDENT_DAYS, ServiceFigure } from '../../../objectives/service-figures';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { IncidentBridge } from '../telling/incident-bridge';
import { timeToResolveOf } from '../telling/time-to-resolve';
import { builtFor } from './built-for';
import { MOST_METRICS_IN_WIDGET } from './checked-dashboard';
import { said, THIRD } from './said-figure';
import { serviceOf } from './shown-objectives';

/** The time to recover that something measures. @internal */
interface Measured {
  /** Which service, where there are several. */
  readonly label: string;
  readonly metric: Metric;
}

/** What the bridges of the services measure, each in its region. @internal */
export function bridged(objectives: readonly ServiceLevelObjective[]): readonly Measured[] {
  const bridges = builtFor(objectives, isBridge);
  const names = bridges.map((bridge) => serviceOf(bridge)?.name ?? '');
  return bridges.map((bridge, index) => {
    const name = names[index] ?? '';
    const region = names.filter((each) => each === name).length > 1 ? `, ${Stack.of(bridge).region}` : '';
    return {
      label: bridges.length > 1 ? `${name}${region}: ` : '',
      metric: timeToResolveOf(name).attachTo(bridge),
    };
  });
}

/** Of several of a service in a region one measures. */
function isBridge(construct: IConstruct): construct is IncidentBridge {
  return construct instanceof IncidentBridge && construct.measures;
}

/** Median and p90, for a few long incidents make a mean of nothing; and of how many incidents. @internal */
export function recovered(all: readonly Measured[]): ConcreteWidget {
  if (all.length === 0)
    return said(ServiceFigure.RECOVERY_TIME, 'Not measured: no `IncidentBridge` is built for it.');
  const shown = all.slice(0, Math.floor(MOST_METRICS_IN_WIDGET / 3));
  const some = shown.length < all.length ? ` (${shown.length} of ${all.length})` : '';
  const metrics = shown.flatMap(({ label, metric }) => [
    metric.with({ statistic: RECOVERY_STATISTICS[MeasuredPart.RECOVERY_MEDIAN], label: `${label}Median` }),
    metric.with({ statistic: RECOVERY_STATISTICS[MeasuredPart.RECOVERY_P90], label: `${label}p90` }),
    metric.with({ statistic: RECOVERY_STATISTICS[MeasuredPart.INCIDENTS], label: `${label}n, incidents` }),
  ]);
  const common = {
    title: `Time to recover measured by alarms, s, incidents of ${INCIDENT_DAYS} d${some}`,
    metrics,
    setPeriodToTimeRange: true,
    start: `-P${INCIDENT_DAYS}D`,
    ...THIRD,
  };
  return all.length > 1 ? new TableWidget(common) : new SingleValueWidget(common);
}
