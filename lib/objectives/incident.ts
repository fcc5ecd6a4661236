/** An outage or a disturbance that users felt, as people wrote it down. */
export interface Incident {
  /** Its name in the tracker: `INC-42`. */
  readonly id: string;

  /** When users began to feel it, in seconds since 1970. */
  readonly from: number;

  /** When they no longer did, in seconds since 1970. */
  readonly until: number;

  /**
   * The service that was down.
   *
   * @default - any
   */
  readonly service?: string;

  /**
   * The names of the alarms that had to fire.
   *
   * @default - any alarm will do
   */
  readonly alarms?: readonly string[];
}

/** A person who took a page. */
export interface Acknowledgement {
  /** The name of the alarm. */
  readonly alarm: string;

  /** Seconds since 1970. */
  readonly at: number;
}

/** Incidents of a time, and who was there. */
export interface IncidentRecord {
  readonly incidents: readonly Incident[];

  /** @default - nobody has written them down */
  readonly acknowledged?: readonly Acknowledgement[];
}
