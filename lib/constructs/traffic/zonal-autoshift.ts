import { CfnZonalAutoshiftConfiguration } from 'aws-cdk-lib/aws-arczonalshift';
import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { unitsAfterZoneLoss } from '../../calculus/capacity';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import { STATIC_STABILITY } from '../../objectives/policy/sources';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import type { PlacedNetwork } from '../network/placed-network';
import { elsewhereMistakes } from './alarm-facts';
import { type BlockedTimes, blockedTimeMistakes, windowsByDay } from './blocked-times';

/** A load balancer from which traffic can be shifted away, out of one zone: an application or a network load balancer. */
export interface ZonalEntry extends IConstruct {
  /** The load balancer itself. */
  readonly loadBalancer: { readonly loadBalancerArn: string };

  /** The network whose zones it stands in. */
  readonly network: PlacedNetwork;

  /** Whether traffic can be shifted away from a zone. */
  readonly zonalShift: boolean;
}

/** How AWS tries, each week, whether the service does without a zone. */
export interface PracticeRuns extends BlockedTimes {
  /** The alarms on what users see: a practice run during which one fires is ended, and has failed. */
  readonly outcomeAlarms: IAlarmRef[];

  /**
   * Alarms that keep a practice run from starting while they fire, such as one of a peak.
   *
   * @default - none
   */
  readonly blockingAlarms?: IAlarmRef[];
}

/** Properties of a {@link ZonalAutoshift}. */
export interface ZonalAutoshiftProps extends TieredProps, PracticeRuns {
  /** What sends traffic to the zones. */
  readonly loadBalancer: ZonalEntry;

  /** How many tasks or instances run at the least, in all zones together. */
  readonly minimumUnits: number;

  /** How many tasks or instances carry the peak. So many must be left when a zone is shifted away. */
  readonly peakUnits: number;
}

/**
 * AWS shifts traffic away from a zone that it finds broken, and tries so each week. It does not wait for more capacity to
 * be started: what runs in the other zones must carry the peak, else this is refused.
 *
 * @throws ConfigurationError when the other zones do not carry the peak, no alarm watches practice runs, or a time is
 * no time
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.considerations.html
 */
export class ZonalAutoshift extends Construct {
  readonly configuration: CfnZonalAutoshiftConfiguration;

  /** @throws ConfigurationError when the capacity does not survive a zone, or nothing tells how a practice run went */
  constructor(scope: Construct, id: string, props: ZonalAutoshiftProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'loadBalancer', 'minimumUnits', 'peakUnits', 'outcomeAlarms'));
    refuse(this.node.path, [
      ...countMistakes(props),
      ...entryMistakes(props.loadBalancer),
      ...alarmMistakes('outcomeAlarms', props.outcomeAlarms, 1),
      ...alarmMistakes('blockingAlarms', props.blockingAlarms ?? [], 0),
      ...[...props.outcomeAlarms, ...(props.blockingAlarms ?? [])].flatMap((alarm) =>
        elsewhereMistakes(alarm, this),
      ),
      ...blockedTimeMistakes(props),
    ]);
    const choices = new TierChoices(this, props);
    holdCapacity(choices, props);
    const { because, source } = choices.policy.zonalAutoshift;
    choices.record({ what: 'zonalAutoshift', value: true, because, source });
    const { blockedWindows, blockedDates, blockingAlarms, outcomeAlarms } = props;
    this.configuration = new CfnZonalAutoshiftConfiguration(this, 'Resource', {
      resourceIdentifier: props.loadBalancer.loadBalancer.loadBalancerArn,
      zonalAutoshiftStatus: 'ENABLED',
      practiceRunConfiguration: {
        outcomeAlarms: conditions(outcomeAlarms),
        ...(blockingAlarms?.length && { blockingAlarms: conditions(blockingAlarms) }),
        ...(blockedWindows?.length && { blockedWindows: windowsByDay(blockedWindows) }),
        ...(blockedDates?.length && { blockedDates }),
      },
    });
  }
}

/** @see https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html */
const MOST_ALARMS = 10;

function conditions(alarms: readonly IAlarmRef[]): CfnZonalAutoshiftConfiguration.ControlConditionProperty[] {
  return alarms.map((alarm) => ({ alarmIdentifier: alarm.alarmRef.alarmArn, type: 'CLOUDWATCH' }));
}

function alarmMistakes(what: string, alarms: readonly IAlarmRef[], least: number): Mistake[] {
  if (alarms.length < least)
    return [
      {
        problem: `${what} is empty, so nobody would know that a practice run harms users`,
        fix: `name an alarm on what users see in ${what}`,
      },
    ];
  if (alarms.length <= MOST_ALARMS) return [];
  return [
    {
      problem: `${what} has ${alarms.length} alarms`,
      fix: `name ${MOST_ALARMS} or fewer in ${what}; join others in a composite alarm`,
    },
  ];
}

function countMistakes({ minimumUnits, peakUnits }: ZonalAutoshiftProps): Mistake[] {
  return Object.entries({ minimumUnits, peakUnits })
    .filter(([, count]) => Token.isUnresolved(count) || !Number.isInteger(count) || count < 0)
    .map(([what, count]) => ({
      problem: `${what} is ${Token.isUnresolved(count) ? 'known at deployment only' : count}`,
      fix: `set ${what} to a whole number from 0`,
    }));
}

function entryMistakes({ node, zonalShift, network }: ZonalEntry): Mistake[] {
  const zones = network.availabilityZones.length;
  return [
    ...(zonalShift
      ? []
      : [
          {
            problem: `${node.path} lets no zone be shifted away`,
            fix: `set zonalShift of ${node.path} to true`,
          },
        ]),
    ...(zones < 2
      ? [
          {
            problem: `${node.path} stands in ${zones} zone, so there is none to shift to`,
            fix: 'use two zones or more',
          },
        ]
      : []),
  ];
}

function holdCapacity(
  choices: TierChoices,
  { loadBalancer, minimumUnits, peakUnits }: ZonalAutoshiftProps,
): void {
  const zones = loadBalancer.network.availabilityZones.length;
  choices.atLeast({
    what: 'unitsAfterZoneLoss',
    owed: {
      value: peakUnits,
      because: `autoshift starts nothing: what is left in ${zones - 1} of ${zones} zones carries the peak`,
      source: STATIC_STABILITY,
    },
    chosen: unitsAfterZoneLoss(minimumUnits, zones),
  });
}
