import type { Assessment } from '../assessment/assessment';
import type { Palette } from './text';

/** What every renderer of an assessment is given. It reads nothing else: no clock, no file, no environment. */
export interface AssessmentEvidence {
  readonly assessment: Assessment;

  /** The version of this package. */
  readonly version: string;

  /** Colours, for terminals. @default - none */
  readonly palette?: Palette;
}

/** Renders an assessment, in pieces where it may be long. */
export type AssessmentRenderer = (evidence: AssessmentEvidence) => Iterable<string>;
