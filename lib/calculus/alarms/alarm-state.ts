/** What CloudWatch says of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What stands for a data point that is not there. */
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** A state that an alarm has from a moment on. */
export interface StateChange {
  /** Seconds since 1970. */
  readonly at: number;
  readonly state: AlarmState;

  /** Why, in words: `2 of 3 data points breach`. */
  readonly because: string;
}
