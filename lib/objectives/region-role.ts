/** What a region does for a service. */
export enum RegionRole {
  /** Serves, and takes the writes where only one region does. */
  PRIMARY = 'primary',

  /** Waits until the primary is lost. */
  STANDBY = 'standby',

  /** Serves beside others. */
  ACTIVE = 'active',

  /** Holds no service, only the vote that lets two others agree. */
  WITNESS = 'witness',
}
