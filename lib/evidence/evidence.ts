import type { AuditResult } from '../audit/engine';
import type { Rule } from '../audit/rule';
import type { Palette } from './text';

/** What every renderer is given. It reads nothing else: no clock, no file, no environment. */
export interface Evidence {
  readonly result: AuditResult;

  /** The rules that were run, for their titles and controls. */
  readonly rules: readonly Rule[];

  /** The version of this package. */
  readonly version: string;

  /** When the audit ran, for formats that must say so. */
  readonly at: Date;

  /** Whether passes, and rules that do not apply, are listed too. @default false */
  readonly all?: boolean;

  /** The findings of another run, by their fingerprints, to tell what is new. @default - nothing is compared */
  readonly base?: ReadonlySet<string>;

  /** Colours, for terminals. @default - none */
  readonly palette?: Palette;
}

/** Renders evidence, in pieces where it may be long. */
export type Renderer = (evidence: Evidence) => Iterable<string>;
