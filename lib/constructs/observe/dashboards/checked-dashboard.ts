import { Dashboard, type IWidget, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, quoted, refuse } from '../../../objectives/mistakes';
import { regionalName } from '../../region/membership';

/** Widgets on one dashboard. */
const MOST_WIDGETS = 500;

/** Metrics on one dashboard, those that expressions read counted in. */
const MOST_METRICS = 2_500;

/** Metrics in one widget; a limit that was raised to 500 since. @internal */
export const MOST_METRICS_IN_WIDGET = 100;

/** Alarms in one widget of alarm states. @internal */
export const MOST_ALARMS_IN_WIDGET = 100;

/** An alarm that is drawn may read so many. */
const METRICS_OF_ALARM = 10;

const LONGEST_NAME = 255;

/**
 * A dashboard within what CloudWatch takes. Dashboards have no region, and one of the same name is overwritten: its default
 * name ends in the region of its stack.
 *
 * @throws ConfigurationError where it is too large, or has no name that CloudWatch takes
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @internal
 */
export function checkedDashboard(
  scope: Construct,
  rows: readonly (readonly IWidget[])[],
  name?: string,
): Dashboard {
  const widgets = rows.filter((row) => row.length > 0).map((row) => [...row]);
  refuse(scope.node.path, [...nameMistakes(name), ...sizeMistakes(widgets.flat())]);
  // What is found once the app is whole counts, too.
  scope.node.addValidation({
    validate: () => sizeMistakes(widgets.flat()).map(({ problem, fix }) => `${problem}: ${fix}`),
  });
  const { region } = Stack.of(scope);
  const dashboardName =
    name ?? (Token.isUnresolved(region) ? undefined : regionalName(scope, region, LONGEST_NAME));
  return new Dashboard(scope, 'Dashboard', {
    ...(dashboardName !== undefined && { dashboardName }),
    // What is counted by the hour must not be counted by the day because somebody looks at a month.
    periodOverride: PeriodOverride.INHERIT,
    widgets,
  });
}

function nameMistakes(name: string | undefined): Mistake[] {
  if (name === undefined || Token.isUnresolved(name)) return [];
  if (/^[\w-]+$/.test(name) && name.length <= LONGEST_NAME) return [];
  return [
    {
      problem: `${quoted(name)} is no name for a dashboard`,
      fix: `use at most ${LONGEST_NAME} letters, digits, hyphens and underscores, or leave dashboardName out`,
    },
  ];
}

function sizeMistakes(widgets: readonly IWidget[]): Mistake[] {
  const counts = widgets.map(metricsOf);
  const metrics = counts.reduce((sum, each) => sum + each, 0);
  const limits: readonly (readonly [found: number, most: number, what: string])[] = [
    [widgets.length, MOST_WIDGETS, 'widgets on a dashboard'],
    [metrics, MOST_METRICS, 'metrics on a dashboard, those that expressions read counted in'],
    [Math.max(0, ...counts), MOST_METRICS_IN_WIDGET, 'metrics in a widget'],
  ];
  return limits
    .filter(([found, most]) => found > most)
    .map(([found, most, what]) => ({
      problem: `it has ${found}, and CloudWatch takes ${most} ${what}`,
      fix: 'show fewer objectives, and the others on a dashboard of their own',
    }));
}

interface WidgetJson {
  readonly type: string;
  readonly properties: {
    readonly metrics?: readonly unknown[];
    readonly annotations?: { readonly alarms?: readonly unknown[] };
  };
}

/** How many metrics a widget reads. */
function metricsOf(widget: IWidget): number {
  return (widget.toJson() as WidgetJson[])
    .filter(({ type }) => type === 'metric')
    .map(({ properties: { metrics = [], annotations } }) =>
      Math.max(metrics.length, (annotations?.alarms?.length ?? 0) * METRICS_OF_ALARM),
    )
    .reduce((sum, each) => sum + each, 0);
}
