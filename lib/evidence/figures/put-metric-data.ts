import type { ServiceAssessment } from '../../assessment/assessment';
import { labelOf } from '../../assessment/stages';
import { ConfigurationError } from '../../errors';
import {
  FIGURES_DIMENSION,
  FIGURES_NAMESPACE,
  FigureMetric,
  METRIC_WORDS,
} from '../../objectives/figure-metrics';
import { type DecidedBy, foreseenFigures } from './foreseen';

/** Data that one call takes. */
const MOST_DATA = 1_000;

/** The bytes that one call takes. */
const MOST_BYTES = 1_000_000;

/** CloudWatch takes what can be printed in ASCII, and no colon first. */
const DIMENSION_VALUE = /^(?!:)(?=.*\S)[\x20-\x7e]{1,1024}$/;

/** The figures of services as CloudWatch takes them, and what has no number. */
export interface PutFigures {
  /** The input of `aws cloudwatch put-metric-data`. */
  readonly text: string;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * What the report foresees or has on record of each declared service, as the input of `aws cloudwatch put-metric-data`. It has no time
 * of its own: CloudWatch takes that of the call. What is not known is left out: 0 would be a number.
 *
 * @throws ConfigurationError where two services have one name, nothing is left to write, and where a call does not take so much
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function putFigures(services: readonly ServiceAssessment[], by: DecidedBy): PutFigures {
  const unfit = services.flatMap((assessed) => unfitFor(assessed) ?? []);
  const fit = services.filter((assessed) => unfitFor(assessed) === undefined);
  refuseTwins(fit);
  const told = fit.flatMap((assessed) => {
    const figures = foreseenFigures(assessed, by);
    return Object.values(FigureMetric).map((metric) => ({
      name: assessed.service.name,
      metric,
      value: finite(figures[metric]),
    }));
  });
  const data = told.flatMap(({ name, metric, value }) =>
    typeof value === 'string' ? [] : [datum(name, metric, value)],
  );
  const text = `${JSON.stringify({ Namespace: FIGURES_NAMESPACE, MetricData: data }, undefined, 2)}\n`;
  refuseSize(data.length, text, fit.length);
  const unknown = told.flatMap(({ name, metric, value }) =>
    typeof value === 'string' ? [{ name: `${metric} of ${name}`, reason: value }] : [],
  );
  return { text, leftOut: [...unfit, ...unknown] };
}

/** Dashboards know services by the names that somebody declared. */
function unfitFor({ service }: ServiceAssessment): PutFigures['leftOut'][number] | undefined {
  const name = labelOf(service);
  if (!service.declared) return { name, reason: 'nobody declared it as a service' };
  if (DIMENSION_VALUE.test(service.name)) return undefined;
  return { name, reason: 'CloudWatch takes no such name for a dimension' };
}

function finite(value: number | string): number | string {
  return typeof value === 'string' || Number.isFinite(value) ? value : 'it has no end';
}

function datum(service: string, metric: FigureMetric, value: number): object {
  return {
    MetricName: metric,
    Dimensions: [{ Name: FIGURES_DIMENSION, Value: service }],
    Value: value,
    Unit: METRIC_WORDS[metric].unit,
  };
}

/** One metric cannot hold what two stages, or two apps, make of a service. */
function refuseTwins(services: readonly ServiceAssessment[]): void {
  const twin = services.find(({ service }, index) =>
    services.slice(0, index).some((other) => other.service.name === service.name),
  );
  if (!twin) return;
  const labels = services
    .filter(({ service }) => service.name === twin.service.name)
    .map(({ service }) => labelOf(service));
  throw new ConfigurationError({
    path: twin.service.name,
    problem: `it is assessed ${labels.length} times (${labels.join(', ')}), and its metrics hold one of them`,
    fix: `name one with --service "${labels.at(-1)}", or the path of one app`,
  });
}

function refuseSize(data: number, text: string, services: number): void {
  const bytes = Buffer.byteLength(text);
  if (data === 0)
    throw new ConfigurationError({
      path: '--service',
      problem: 'no declared service has a number to write',
      fix: 'declare the service in code or in nines.config.yaml, and see nines assess',
    });
  if (data <= MOST_DATA && bytes <= MOST_BYTES) return;
  throw new ConfigurationError({
    path: '--service',
    problem: `${services} services have ${data} data in ${bytes} bytes, and put-metric-data takes ${MOST_DATA} in ${MOST_BYTES} bytes`,
    fix: 'write the services one by one, each with --service NAME',
  });
}
