/**
 * What follows from what is wrong with an alarm: CloudWatch refuses it, it can never fire, CloudWatch refuses some of those that name
 * it, or it names what may not be there.
 */
export type DefectEffect = 'undeployable' | 'never-fires' | 'crowded' | 'stranger';

/** What is wrong with the declaration of an alarm itself. */
export interface AlarmDefect {
  readonly effect: DefectEffect;

  /** Whether it is so; unknown where deploy decides. */
  readonly sure: boolean;
  readonly found: string;
  readonly fix: string;
}
