import type { Indicator } from '../indicator';
import type { DocumentPart } from './document-part';
import type { Sources } from './metric-source';
import type { OpenSloApproximation } from './open-slo-options';

/**
 * What an objective says about how it is counted.
 *
 * @internal
 */
export interface Counting {
  readonly sli: DocumentPart;
  readonly slo: DocumentPart;

  /** The objective that is read. */
  readonly objective: DocumentPart;
  readonly sources: Sources;
  readonly accept: readonly OpenSloApproximation[];
}

/**
 * How a document counts.
 *
 * @internal
 */
export enum Budgeting {
  OCCURRENCES = 'Occurrences',
  TIMESLICES = 'Timeslices',
  RATIO_TIMESLICES = 'RatioTimeslices',
}

/**
 * What an indicator counts, without its words.
 *
 * @internal
 */
export type Counts = Omit<Indicator, 'kind' | 'good'>;
