import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import type { AlarmLayer } from '../alarm-tags';
import type { TellingProps } from '../told-alarm';

/** The alarms of a part of a service that look at one Availability Zone. */
export interface ZoneAlarms {
  /** The name of the zone: `eu-west-1a`. */
  readonly zone: string;

  /** Any alarms of this region and account. */
  readonly alarms: readonly IAlarm[];
}

/** A part of a service that can fail by itself: an API, a table, a network. */
export interface AlarmComponent {
  /** Lower-case letters, digits and hyphens: `orders-table`. */
  readonly name: string;

  /** What its alarms look at. */
  readonly layer: AlarmLayer;

  /**
   * Its alarms that look at the whole region: any of this region and account, such as those of cdk-monitoring-constructs. They
   * need no actions of their own: the tree tells.
   *
   * @default - none
   */
  readonly alarms?: readonly IAlarm[];

  /**
   * Its alarms that look at one zone each.
   *
   * @default - none
   */
  readonly zones?: readonly ZoneAlarms[];

  /**
   * What it needs: names of other components, of services of `upstream`, and of hard third parties that a
   * `ThirdPartyDependency` of the stack watches. While one of them fires, this one is silent.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly string[];

  /**
   * What to do when it fires, a path or an address.
   *
   * @default - the runbook of the tree
   */
  readonly runbook?: string;
}

/** The alarm of another service that this one needs. */
export interface UpstreamAlarm {
  /** Its name, as the dependency of the service has it. */
  readonly service: string;

  /** Fires while that service is down: the `service` of its tree, or any alarm of this region and account. */
  readonly alarm: IAlarm;
}

/** Properties of an {@link AlarmTree}. */
export interface AlarmTreeProps extends TellingProps {
  /** The parts of the service. */
  readonly components: readonly AlarmComponent[];

  /**
   * Alarms on what users meet: objectives, journeys. They tell somebody only while no cause is known.
   *
   * @default - none
   */
  readonly symptoms?: readonly IAlarm[];

  /**
   * Alarms of other services that this one needs.
   *
   * @default - none but those of each `ThirdPartyDependency` that the stack has already, on a third party that the service cannot do
   * without
   */
  readonly upstream?: readonly UpstreamAlarm[];

  /**
   * So many zones that fire at once are an outage of the region: leaving one of them does not help.
   *
   * @default 2
   */
  readonly regionalZones?: number;

  /**
   * How long an alarm waits for its causes before it tells somebody. Less than the slowest of them needs beyond its fastest symptom is
   * refused; more than half of the time in which the service must be back in another region needs a weakening, as an outage is not
   * told meanwhile.
   *
   * @default - what the slowest cause needs beyond its fastest symptom, by their periods and their M of N, and at least 2 minutes; half
   * of that recovery time at most, with a warning where a cause needs longer
   */
  readonly suppressorWait?: Duration;

  /**
   * How long an alarm stays silent after its causes are over. More than half of the time in which the service must be back
   * in another region needs a weakening: meanwhile a new outage is not told.
   *
   * @default - 3 minutes in which what follows recovers, and as long as the slowest alarm of the tree may fire then, by its
   * period and its M of N (2 minutes for alarms that are made elsewhere); half of that recovery time at most
   */
  readonly suppressorExtension?: Duration;
}
