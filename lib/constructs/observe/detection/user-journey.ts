import type { Alarm, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Canary } from 'aws-cdk-lib/aws-synthetics';
import { type Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds, Span } from '../../../calculus/time-span';
import { detectionSeconds } from '../../../objectives/detection';
import { type Mistake, missing, refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { ServiceScope } from '../../governance/service-scope';
import { TierChoices } from '../../governance/tier-choices';
import { membershipOf } from '../../region/membership';
import { AlarmLayer } from '../alarm-tags';
import { type TellingProps, toldBy } from '../told-alarm';
import { FAILED_RUNS, journeyAlarms } from './journey-alarms';
import { journeyBucket, journeyCanary, journeyTimeout, START_SECONDS, stepSeconds } from './journey-canary';
import { type JourneyStep, stepMistakes } from './journey-steps';
import { type Vantage, vantageMistakes, vantageRegions } from './vantage-regions';

/** Properties of a {@link UserJourney}. */
export interface UserJourneyProps extends TellingProps {
  /** What the user does, in order. A step has the cookies of those before it. */
  readonly steps: readonly JourneyStep[];

  /**
   * The time between two runs, in whole minutes, an hour at most.
   *
   * @default - that of the tier: 1 minute at tier 0, 5 at tier 1, 15 at tier 2, an hour at tier 3; less where two runs would
   * take more than half of the time in which the service must be back in another region
   */
  readonly interval?: Duration;

  /**
   * Other regions that it runs from, beside the region of its stack.
   *
   * @default - as many as the tier asks for: the other regions of the service first, then those nearby in which data of the
   * service may lie
   */
  readonly locations?: readonly string[];

  /**
   * In so many regions the journey must fail before somebody is told: one may have troubles of its own.
   *
   * @default - more than half of them
   */
  readonly failingLocations?: number;

  /**
   * The regions whose service it watches.
   *
   * @default - all regions of the service
   */
  readonly watches?: readonly string[];
}

/** @see https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html */
const MOST_MINUTES = 60;

/**
 * A way of users through the service, walked by a canary from several regions, with an alarm when it fails in more than half
 * of them. The steps are data, and the script of the canary is the same for all journeys.
 *
 * The stack of each region of a service has a journey of its own, so that each region is watched from another.
 *
 * @throws ConfigurationError for steps that cannot be walked, for regions that it cannot run from, and where it would look, or
 * tell, from the watched region alone
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_MultiLocation.html
 */
export class UserJourney extends Construct {
  readonly canary: Canary;

  /** What the runs leave: pictures, logs, requests. */
  readonly artifacts: Bucket;

  /** The alarm of each region that it runs from; these tell nobody. */
  readonly locationAlarms: Readonly<Record<string, Alarm>>;

  /** Tells somebody when the journey fails. */
  readonly alarm: CompositeAlarm;

  constructor(scope: Construct, id: string, props: UserJourneyProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'steps'));
    const choices = new TierChoices(this, props);
    const found = detectionSeconds(choices.tier, ServiceScope.of(this)?.service);
    const interval = chosenInterval(choices, found, props);
    const timeout = journeyTimeout(interval, props.steps);
    const vantage = vantageOf(this);
    const locations = chosenLocations(choices, vantage, props.locations);
    const failing = props.failingLocations ?? Math.floor((locations.length + 1) / 2) + 1;
    refuse(this.node.path, [
      ...stepMistakes(props.steps),
      ...timeMistakes(interval, timeout, props.steps),
      ...vantageMistakes(vantage, locations),
      ...countMistakes(failing, locations.length + 1),
    ]);
    outside(choices, vantage, props.watches);
    choices.record({
      what: 'failingLocations',
      value: failing,
      because: `of ${locations.length + 1} regions: one of them may have troubles of its own`,
      source: OWN_DECISION,
    });
    this.artifacts = journeyBucket(this, choices);
    this.canary = journeyCanary(this, {
      steps: props.steps,
      interval,
      timeout,
      locations,
      retries: choices.tier === 0 ? 0 : 1,
      artifacts: this.artifacts,
    });
    const { alarm, locationAlarms } = journeyAlarms(this, {
      canary: this.canary,
      interval,
      foundWithin: found,
      regions: [vantage.own, ...locations],
      failing,
      told: toldBy(this, choices, { ...props, layer: AlarmLayer.SERVICE }),
    });
    this.alarm = alarm;
    this.locationAlarms = locationAlarms;
  }
}

/** As often as the tier asks, and so that an outage is found in time: it takes some runs. */
function chosenInterval(choices: TierChoices, found: number, { interval }: UserJourneyProps): Duration {
  const { value: owed = Span.minutes(MOST_MINUTES), ...rest } = choices.policy.canaryInterval;
  const most = Math.max(1, Math.floor(found / FAILED_RUNS / 60));
  const value = most * 60 < owed.toSeconds() ? Span.minutes(most) : owed;
  const because = `an outage must be found within ${formatSeconds(found)}, half of the time to be back in another region, and ${FAILED_RUNS} runs must fail`;
  return choices.shortest({
    what: 'interval',
    owed: value === owed ? { value, ...rest } : { value, because, source: OWN_DECISION },
    chosen: interval,
  });
}

function vantageOf(journey: UserJourney): Vantage {
  return {
    own: Stack.of(journey).region,
    peers: membershipOf(journey)?.peers.map(({ region }) => region) ?? [],
    residency: ServiceScope.of(journey)?.service.residency,
  };
}

function chosenLocations(
  choices: TierChoices,
  vantage: Vantage,
  given: readonly string[] | undefined,
): readonly string[] {
  const owed = choices.policy.canaryRegions;
  const locations = given ?? vantageRegions(vantage, owed.value);
  choices.atLeast({
    what: 'locations',
    owed,
    chosen: given || locations.length < owed.value ? locations.length : undefined,
  });
  return locations;
}

/** An alarm that lies in the region it watches is lost with it. */
function outside(
  choices: TierChoices,
  { own, peers }: Vantage,
  watches: readonly string[] = [own, ...peers],
): void {
  const inOwnOnly = !Token.isUnresolved(own) && watches.every((region) => region === own);
  choices.on({
    what: 'toldFromOutside',
    owed: {
      value: choices.tier <= 1,
      because:
        choices.tier <= 1
          ? 'an alarm that lies in the only region it watches is lost with it'
          : 'the loss of the region is not told by the journey at this tier',
      source: OWN_DECISION,
    },
    chosen: choices.tier > 1 ? undefined : !inOwnOnly,
    fix: `put the journey into a stack of another region with watches: ['${own}']`,
  });
}

function timeMistakes(interval: Duration, timeout: Duration, steps: readonly JourneyStep[]): Mistake[] {
  const minutes = interval.toSeconds() / 60;
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES))
    return [
      {
        problem: `the interval is ${interval.toSeconds()} s`,
        fix: 'use whole minutes, an hour at most: a canary knows no other rate',
      },
    ];
  const taken = Math.ceil(stepSeconds(steps));
  const left = timeout.toSeconds() - START_SECONDS;
  if (taken <= left) return [];
  return [
    {
      problem: `the steps may take ${taken} s together, and a run of ${timeout.toSeconds()} s leaves them ${left} s: the rest is for the browser to start`,
      fix: `let expect.within of the steps be ${left} s together at most`,
    },
  ];
}

function countMistakes(failing: number, regions: number): Mistake[] {
  if (Number.isInteger(failing) && failing >= 1 && failing <= regions) return [];
  return [
    {
      problem: `failingLocations is ${failing}, and the journey runs from ${regions} regions`,
      fix: `use 1 to ${regions}`,
    },
  ];
}
