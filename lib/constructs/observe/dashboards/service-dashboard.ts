import type { Dashboard, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse, repeated } from '../../../objectives/mistakes';
import type { Service } from '../../../objectives/service';
import type { ContractAndRaw } from '../slo/contract-and-raw';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { checkedDashboard } from './checked-dashboard';
import { type ExecutiveFigures, executiveFigures, figureMistakes } from './executive-figures';
import { alarmStates, contractRows, heading, objectiveRows, tellingAlarms } from './objective-widgets';
import { objectiveMistakes, serviceOf } from './shown-objectives';

/** Properties of a {@link ServiceDashboard}. */
export interface ServiceDashboardProps extends ExecutiveFigures {
  /** What the service is measured by; their alarms are shown too. */
  readonly objectives: readonly ServiceLevelObjective[];

  /**
   * Objectives among them that are measured twice: contract and raw are shown beside each other, with the alarms on the gap.
   *
   * @default - each is measured once
   */
  readonly contracts?: readonly ContractAndRaw[];

  /**
   * More alarms to show the state of: of queues, databases, journeys, heartbeats.
   *
   * @default - only those of the objectives
   */
  readonly alarms?: readonly IAlarm[];

  /**
   * Its name. Dashboards have no region: one of the same name in the account is overwritten.
   *
   * @default - stage, service and id, with the region at its end: `shop-dashboard-eu-west-1`
   */
  readonly dashboardName?: string;
}

/**
 * A dashboard for those who run a service: the states of its alarms, how long its incidents took, drills and accepted risks, and
 * for each objective what was attained, how much of the
 * error budget is left and how long it lasts, how fast it burns in each window, traffic and failures; contract and raw beside each
 * other where it is measured twice; at its end what `nines report` foresees or has on record. Thresholds are
 * written out, and each graph has one line, so that nothing is said by colour alone.
 *
 * @throws ConfigurationError where there is nothing to show, an objective is of another service, and where CloudWatch takes no
 * dashboard so large
 * @see https://sre.google/sre-book/monitoring-distributed-systems/
 */
export class ServiceDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'objectives'));
    const { objectives, contracts = [], alarms = [], dashboardName } = props;
    const service = serviceOf(this);
    refuse(this.node.path, [
      ...objectiveMistakes(objectives),
      ...strangers(objectives, service),
      ...figureMistakes(props),
      ...contractMistakes(contracts, objectives),
    ]);
    const shown = new Set([...objectives.flatMap(tellingAlarms), ...alarms]);
    const { rows, foreseen } = executiveFigures(objectives, props);
    this.dashboard = checkedDashboard(
      this,
      [
        [heading(...this.introduction(service))],
        alarmStates('Alarms that tell somebody', [...shown]),
        ...rows,
        ...objectives.flatMap((slo) => [
          ...objectiveRows(slo),
          ...contracts.filter(({ objective }) => objective === slo).flatMap(contractRows),
        ]),
        ...foreseen,
      ],
      dashboardName,
    );
  }

  private introduction(service: Service | undefined): readonly string[] {
    const { region } = Stack.of(this);
    const title = service ? `${service.name}, tier ${service.tier}` : this.node.id;
    const known = service
      ? [`owner: ${service.owner}`, ...(service.runbook === undefined ? [] : [`runbook: ${service.runbook}`])]
      : [];
    const about = [...known, `region: ${region}`].join(' · ');
    return [
      `# ${title}`,
      `${about}. Figures of an objective are of its whole window, whatever time is chosen above.`,
    ];
  }
}

function strangers(objectives: readonly ServiceLevelObjective[], service: Service | undefined): Mistake[] {
  return objectives.flatMap((slo) => {
    const other = serviceOf(slo)?.name;
    if (!service || other === undefined || other === service.name) return [];
    return [
      {
        problem: `${slo.name} is an objective of ${other}, and this is the dashboard of ${service.name}`,
        fix: `leave it out, or show both services on a TierDashboard`,
      },
    ];
  });
}

function contractMistakes(
  contracts: readonly ContractAndRaw[],
  objectives: readonly ServiceLevelObjective[],
): Mistake[] {
  return [
    ...contracts
      .filter(({ objective }) => !objectives.includes(objective))
      .map(({ node, objective }) => ({
        problem: `${node.path} measures ${objective.name}, which is not shown`,
        fix: 'name its objective in objectives, or leave it out of contracts',
      })),
    ...repeated(contracts.map(({ objective }) => objective.node.path)).map((path) => ({
      problem: `${path} has two contracts`,
      fix: 'name one of them',
    })),
  ];
}
