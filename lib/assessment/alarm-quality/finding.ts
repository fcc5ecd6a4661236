import type { Resource } from '../../assembly/resource';

/** What can be wrong with an alarm. */
export type AlarmFault =
  | 'no-action'
  | 'dead-end'
  | 'duplicate'
  | 'nested'
  | 'shadowed'
  | 'missing-cause'
  | 'no-runbook'
  | 'no-owner'
  | 'missing-data'
  | 'window'
  | 'invalid'
  | 'never-fired'
  | 'no-data'
  | 'flapping'
  | 'never-acknowledged'
  | 'action-failed';

/** How much it matters: what keeps an outage from being noticed is high. */
export type AlarmWeight = 'high' | 'medium' | 'low' | 'info';

/** Something that is wrong with an alarm, or of which that cannot be known. */
export interface AlarmFinding {
  readonly fault: AlarmFault;
  readonly alarm: Resource;
  readonly weight: AlarmWeight;

  /** Whether it is so; unknown where deploy decides. */
  readonly sure: boolean;

  /** What was found, in words. */
  readonly found: string;

  /** What mends it, in the imperative. */
  readonly fix: string;

  /** The other alarm that it is about. @default - there is none */
  readonly other?: Resource;
}
