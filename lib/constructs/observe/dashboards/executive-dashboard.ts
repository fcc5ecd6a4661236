import { type Dashboard, type IWidget, TableWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { percentOf } from '../../../objectives/measured-figures';
import { missing, refuse } from '../../../objectives/mistakes';
import { tierPolicy } from '../../../objectives/tier-policy';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { checkedDashboard, MOST_METRICS_IN_WIDGET } from './checked-dashboard';
import { type ExecutiveFigures, executiveFigures, figureMistakes } from './executive-figures';
import { ObjectiveSeries } from './objective-series';
import { figures, heading, inRows } from './objective-widgets';
import { groupedBy, objectiveMistakes, serviceOf } from './shown-objectives';

/** Properties of an {@link ExecutiveDashboard}. */
export interface ExecutiveDashboardProps extends ExecutiveFigures {
  /** The objectives that the business is told of, such as the availability of each service. */
  readonly objectives: readonly ServiceLevelObjective[];

  /**
   * Its name. Dashboards have no region: one of the same name in the account is overwritten.
   *
   * @default - stage, service and id, with the region at its end: `executive-eu-west-1`
   */
  readonly dashboardName?: string;
}

/** CloudWatch has no longer period; twelve of them are kept, 15 months in all. */
const MONTH = Duration.days(30);

const INTRODUCTION =
  'Attained: good events of all, in the window of the objective. Budget left: 100 % is all of the failures that the objective allows, 0 % none, below it is missed.';

/** Twelve of them. */
const YEAR = '-P360D';

/**
 * One page for those who decide: availability and budget left by tier, availability in each of twelve months, time to
 * recover, drills and risks; and what `nines report` foresees or has on record, debt and cost of downtime among it, once
 * `nines export figures` has told it to CloudWatch. Thresholds are written out, and nothing is said by colour.
 *
 * @throws ConfigurationError where there is nothing to show, a figure has no or two sources, and where CloudWatch takes no
 * dashboard so large
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export class ExecutiveDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: ExecutiveDashboardProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'objectives'));
    const { objectives, dashboardName } = props;
    refuse(this.node.path, [...objectiveMistakes(objectives), ...figureMistakes(props)]);
    const { rows, foreseen } = executiveFigures(objectives, props);
    const tiers = [...groupedBy(objectives, (slo) => serviceOf(slo)?.tier)].sort(
      ([one = Number.POSITIVE_INFINITY], [other = Number.POSITIVE_INFINITY]) => one - other,
    );
    this.dashboard = checkedDashboard(
      this,
      [
        [heading('# Availability of services', INTRODUCTION)],
        ...rows,
        ...foreseen,
        ...tiers.flatMap(([tier, its]) => tierRows(tier, its)),
      ],
      dashboardName,
    );
  }
}

function tierRows(
  tier: number | undefined,
  objectives: readonly ServiceLevelObjective[],
): readonly (readonly IWidget[])[] {
  const title =
    tier === undefined
      ? '## Of no declared service'
      : `## Tier ${tier}: an availability of ${percentOf(tierPolicy(tier).availabilitySlo.value)} is owed`;
  const months = monthly(objectives);
  return [
    [heading(title)],
    ...inRows(
      objectives.map((slo) => figures(slo, 8)),
      3,
    ),
    ...months.map((part) => [
      new TableWidget({
        title: 'Good events in each 30 days of the last 360, %',
        metrics: part.map((series) => series.attainedPer(MONTH)),
        fullPrecision: true,
        start: YEAR,
        width: 24,
        height: 3 + part.length,
      }),
    ]),
  ];
}

/** A row of the table for each objective, in as many tables as are needed. Of single minutes no month can be told. */
function monthly(objectives: readonly ServiceLevelObjective[]): readonly (readonly ObjectiveSeries[])[] {
  const counted = objectives
    .filter(({ indicator }) => !indicator.minutes)
    .map((slo, index) => new ObjectiveSeries(slo, `m${index}_`));
  const largest = Math.max(1, ...counted.map(({ size }) => size));
  return inRows(counted, Math.floor(MOST_METRICS_IN_WIDGET / largest));
}
