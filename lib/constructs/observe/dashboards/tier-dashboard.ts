import type { Dashboard, IAlarm, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { percentOf } from '../../../objectives/measured-figures';
import { type Mistake, missing, quoted, refuse } from '../../../objectives/mistakes';
import { TIERS, type Tier } from '../../../objectives/tier';
import { tierPolicy } from '../../../objectives/tier-policy';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { checkedDashboard } from './checked-dashboard';
import { type ExecutiveFigures, executiveFigures, figureMistakes } from './executive-figures';
import { alarmStates, figures, heading, inRows, tellingAlarms } from './objective-widgets';
import { groupedBy, isBeside, objectiveMistakes, serviceOf } from './shown-objectives';

/** Properties of a {@link TierDashboard}. */
export interface TierDashboardProps extends ExecutiveFigures {
  /** Which services it shows. */
  readonly tier: Tier;

  /** The objectives of services of the tier, in the order in which they are shown. */
  readonly objectives: readonly ServiceLevelObjective[];

  /**
   * More alarms to show the state of, of the account and region of the dashboard.
   *
   * @default - only those of the objectives
   */
  readonly alarms?: readonly IAlarm[];

  /**
   * Its name. Dashboards have no region: one of the same name in the account is overwritten.
   *
   * @default - stage, service and id, with the region at its end: `tier-1-eu-west-1`
   */
  readonly dashboardName?: string;
}

/**
 * A dashboard for all services of a tier: how long incidents took, drills and accepted risks; what each service attained, how much
 * of its error budget is left, and which alarms fire; at the end what `nines report` foresees or has on record.
 * The services may stand in other stacks; alarms in other regions and accounts are left out, and named.
 *
 * @throws ConfigurationError where there is nothing to show, a service is of another tier, and where CloudWatch takes no
 * dashboard so large
 * @see https://sre.google/workbook/error-budget-policy/
 */
export class TierDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: TierDashboardProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'tier', 'objectives'));
    const { tier, objectives, alarms = [], dashboardName } = props;
    refuse(this.node.path, [
      ...objectiveMistakes(objectives),
      ...tierMistakes(tier, objectives),
      ...figureMistakes(props),
    ]);
    const owed = percentOf(tierPolicy(tier).availabilitySlo.value);
    const rows = [...groupedBy(objectives, (slo) => serviceOf(slo)?.name)].flatMap(([name, its]) =>
      this.serviceRows(name, its),
    );
    const figured = executiveFigures(objectives, props);
    this.dashboard = checkedDashboard(
      this,
      [
        [
          heading(
            `# Services of tier ${tier}`,
            `The tier owes an availability of ${owed}; what each service owes is written at its figures. They are of its whole window, whatever time is chosen above. Budget left: 100 % is all, 0 % none, below the objective is missed.`,
          ),
        ],
        ...figured.rows,
        alarmStates('Other alarms', alarms),
        ...rows,
        ...figured.foreseen,
      ],
      dashboardName,
    );
  }

  private serviceRows(
    name: string | undefined,
    objectives: readonly ServiceLevelObjective[],
  ): readonly (readonly IWidget[])[] {
    const far = objectives.filter((slo) => !isBeside(slo, this));
    const near = objectives.filter((slo) => !far.includes(slo)).flatMap(tellingAlarms);
    const owner = objectives.map(serviceOf).find((each) => each)?.owner;
    const says = [
      ...(owner === undefined ? [] : [`owner: ${owner}`]),
      ...far.map((slo) => `alarms of ${slo.name} are in ${Stack.of(slo).region}, and not shown`),
    ];
    return [
      [heading(`## ${name ?? 'Of no declared service'}`, ...(says.length > 0 ? [says.join(' · ')] : []))],
      ...inRows(
        objectives.map((slo) => figures(slo, 8)),
        3,
      ),
      alarmStates('Alarms that tell somebody', near),
    ];
  }
}

function tierMistakes(tier: Tier, objectives: readonly ServiceLevelObjective[]): Mistake[] {
  if (!TIERS.includes(tier))
    return [{ problem: `${quoted(tier)} is no tier`, fix: `use one of ${TIERS.join(', ')}` }];
  return objectives.flatMap((slo) => {
    const service = serviceOf(slo);
    if (!service || service.tier === tier) return [];
    return [
      {
        problem: `${service.name} is of tier ${service.tier}, and this is the dashboard of tier ${tier}`,
        fix: `show ${slo.name} on a dashboard of tier ${service.tier}`,
      },
    ];
  });
}
