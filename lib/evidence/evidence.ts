import type { AuditResult } from '../audit/engine';
import type { FrameworkName } from '../audit/frameworks';
import type { OtherFinding } from '../audit/other-findings';
import type { RegisterEntry } from '../audit/register';
import type { Rule } from '../audit/rule';
import type { Palette } from './text';

/** What every renderer is given. It reads nothing else: no clock, no file, no environment. */
export interface Evidence {
  readonly result: AuditResult;

  /** The rules that were run, for their titles and controls. */
  readonly rules: readonly Rule[];

  /** Every exception with its state, sorted: acceptances of risks, weakenings, acknowledgements. @default - none */
  readonly register?: readonly RegisterEntry[];

  /** The version of this package. */
  readonly version: string;

  /** The day of the audit, for formats that must say so: midnight in UTC, so that one day has one text. */
  readonly at: Date;

  /** Whether passes, and rules that do not apply, are listed too. @default false */
  readonly all?: boolean;

  /** The findings of another run, by their fingerprints, to tell what is new. @default - nothing is compared */
  readonly base?: ReadonlySet<string>;

  /** What other tools found in the same app, in the order to show it. @default - nothing is merged */
  readonly others?: readonly OtherFinding[];

  /**
   * Turns the file of a verdict into its path from the root of the checkout, with forward slashes; a file elsewhere
   * keeps its absolute path. Formats that sites read need it.
   *
   * @default - files are named as they are
   */
  locate?(file: string): string;

  /** The frameworks to report on, control by control. @default - none; formats made of controls take all */
  readonly frameworks?: readonly FrameworkName[];

  /** Colours, for terminals. @default - none */
  readonly palette?: Palette;
}

/** Renders evidence, in pieces where it may be long. */
export type Renderer = (evidence: Evidence) => Iterable<string>;
