import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { DeployStrategy } from '../../objectives/policy/operations';
import type { TierChoices } from '../governance/tier-choices';
import { failureAlarm } from '../traffic/failure-alarm';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';

/** What takes a bad version back. */
export interface RollbackProps {
  /**
   * Alarms on what users see: a deploy during which one fires is taken back. They must watch what a bad version changes at
   * once, and nothing that the service itself is needed for.
   *
   * @default - at tiers 0 and 1 one on more than 5 % of the requests failing for three minutes; below none
   */
  readonly rollbackAlarms?: IAlarmRef[];
}

/** As many as a deployment of ECS and an instance refresh take. */
const MOST_ALARMS = 10;

/**
 * The alarms that take a deploy back: those given, else at tiers whose deploys are watched one on failing requests.
 *
 * @throws ConfigurationError where the tier owes one and there is none
 * @internal
 */
export function chooseRollbackAlarms(
  construct: Construct,
  loadBalancer: HealthCheckedLoadBalancer,
  choices: TierChoices,
  chosen: IAlarmRef[] | undefined,
): IAlarmRef[] {
  refuse(construct.node.path, countMistakes(chosen));
  const { value, because, source } = choices.policy.deployStrategy;
  const isWatched = value === DeployStrategy.CANARY;
  choices.given({
    what: 'rollbackAlarms',
    owed: { value: isWatched, because, source },
    chosen: chosen === undefined ? isWatched : chosen.length > 0,
  });
  return chosen ?? (isWatched ? [failureAlarm(construct, loadBalancer.loadBalancer, choices.tier)] : []);
}

function countMistakes(alarms: IAlarmRef[] | undefined): Mistake[] {
  if (alarms === undefined || alarms.length <= MOST_ALARMS) return [];
  return [
    {
      problem: `rollbackAlarms has ${alarms.length} alarms`,
      fix: `name ${MOST_ALARMS} or fewer; join others in a composite alarm`,
    },
  ];
}
