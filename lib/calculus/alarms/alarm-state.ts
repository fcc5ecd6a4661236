/** What CloudWatch says of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What is seen of an alarm: its state, or that the data does not tell it. */
export type SeenState = AlarmState | 'UNKNOWN';

/** What stands for a data point that is not there. */
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** A state that an alarm has from a moment on. */
export interface StateChange {
  /** Seconds since 1970. */
  readonly at: number;
  readonly state: SeenState;

  /** Why, in words: `2 of 3 data points breach`; where it is unknown, what is lacking. */
  readonly because: string;
}
