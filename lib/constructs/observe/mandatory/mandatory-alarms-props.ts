import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Tier } from '../../../objectives/tier';

/** Properties of {@link MandatoryAlarms}. */
export interface MandatoryAlarmsProps {
  /**
   * How critical that is which belongs to no declared service. A declared service has the last word on what is its own.
   *
   * @default - what belongs to no service gets no alarm
   */
  readonly tier?: Tier;

  /**
   * Who is told: a topic to which CloudWatch may publish, of the region of all that is watched.
   *
   * @default - one topic for each stack, encrypted, to subscribe to: `noticesOf` gives it
   */
  readonly notifications?: ITopic;

  /**
   * Whether stages that are not production get alarms as well.
   *
   * @default false
   */
  readonly inNonProduction?: boolean;
}
