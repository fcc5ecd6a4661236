import { type IWidget, Metric, SingleValueWidget, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import {
  FIGURES_DIMENSION,
  FIGURES_NAMESPACE,
  type FigureMetric,
  METRIC_WORDS,
  METRICS_OF_FIGURE,
} from '../../../objectives/figure-metrics';
import { FIGURE_TITLES, INCIDENT_DAYS, ServiceFigure } from '../../../objectives/service-figures';
import { MOST_METRICS_IN_WIDGET } from './checked-dashboard';
import { inRows } from './objective-widgets';
import { groupedBy } from './shown-objectives';

const AT_BEST = 'Foreseen at best in a year: availability and error budget left, %';
const COUNTED = 'Accepted risks, and drills that are planned';

/** What the widget of a figure says above it; figures with one title share a widget. */
const TITLES: Readonly<Record<ServiceFigure, string>> = {
  [ServiceFigure.AVAILABILITY]: AT_BEST,
  [ServiceFigure.BUDGET]: AT_BEST,
  [ServiceFigure.RECOVERY_TIME]: `Time to recover recorded by people, s, incidents of ${INCIDENT_DAYS} d`,
  [ServiceFigure.DRILLS]: COUNTED,
  [ServiceFigure.RISKS]: COUNTED,
  [ServiceFigure.DEBT]: FIGURE_TITLES[ServiceFigure.DEBT],
  [ServiceFigure.COST]: `${FIGURE_TITLES[ServiceFigure.COST]}, in the currency of nines.config.yaml`,
};

/** Of so many days the last value is looked for: with five minutes, CloudWatch keeps the values of 63. */
const LOOKED_BACK = 60;

const FIVE_MINUTES = Duration.minutes(5);

const FULL = 24;
const THIRD = 8;

/** Values beside each other in a widget as wide as the dashboard, about. */
const VALUES_IN_LINE = 6;

const SOURCE = `**Foreseen and recorded** are the last values, of ${LOOKED_BACK} days at most, that \`nines export figures\` gave to \`put-metric-data\` in this account and region: the numbers of \`nines report\`. Have the pipeline run it after each deployment, or daily; until then nothing is shown here.`;

const WHICH = `Where the two times to recover differ, believe the one that people recorded: it is what users met; the measured one is from the first alarm of an incident to the end of its last.`;

/**
 * What `nines report` says of services, as CloudWatch was told it.
 *
 * @param services the names of those that are shown
 * @param others the figures that have another source
 * @internal
 */
export function foreseenRows(
  services: readonly string[],
  others: readonly `${ServiceFigure}`[],
): readonly (readonly IWidget[])[] {
  const figures = Object.values(ServiceFigure).filter((figure) => !others.includes(figure));
  if (services.length === 0 || figures.length === 0) return [];
  const words = figures.includes(ServiceFigure.RECOVERY_TIME) ? `${SOURCE}\n\n${WHICH}` : SOURCE;
  const groups = groupedBy(figures, (figure) => TITLES[figure]);
  const widgets = [...groups].flatMap(([title, its]) =>
    widgetsOf(
      title,
      its.flatMap((figure) => METRICS_OF_FIGURE[figure]),
      services,
    ),
  );
  const source = new TextWidget({ markdown: words, width: FULL, height: 4 });
  return [[source], ...inRows(widgets, services.length > 1 ? 1 : FULL / THIRD)];
}

/** One value beside the other; a hundred fit a widget. */
function widgetsOf(
  title: string,
  figures: readonly FigureMetric[],
  services: readonly string[],
): readonly IWidget[] {
  const parts = inRows(services, Math.floor(MOST_METRICS_IN_WIDGET / figures.length));
  return parts.map((part, index) => {
    const metrics = part.flatMap((service) =>
      figures.map((figure) => lastOf(figure, service, services.length > 1)),
    );
    return new SingleValueWidget({
      title: parts.length > 1 ? `${title} (${index + 1} of ${parts.length})` : title,
      metrics,
      fullPrecision: true,
      start: `-P${LOOKED_BACK}D`,
      width: services.length > 1 ? FULL : THIRD,
      height: services.length > 1 ? 2 + 2 * Math.ceil(metrics.length / VALUES_IN_LINE) : 4,
    });
  });
}

/** The metric stands in the region of the dashboard, wherever the service is. */
function lastOf(figure: FigureMetric, service: string, isOneOfMany: boolean): Metric {
  const { label } = METRIC_WORDS[figure];
  return new Metric({
    namespace: FIGURES_NAMESPACE,
    metricName: figure,
    dimensionsMap: { [FIGURES_DIMENSION]: service },
    statistic: Stats.MAXIMUM,
    period: FIVE_MINUTES,
    label: isOneOfMany ? `${service}: ${label}` : label,
  });
}
