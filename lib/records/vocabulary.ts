import type { Tier } from '../objectives/tier';

/** A number, a word or words that decide what a rule asks for. */
export type ConfiguredValue = number | string | boolean | readonly string[];

/** What a configuration may say of a rule. */
export interface KnownRule {
  readonly id: string;

  /** What may be set, with its kind given by its default. @default - nothing */
  readonly parameters?: Readonly<
    Record<string, { readonly meaning: string; readonly default: ConfiguredValue }>
  >;
}

/** What one name in `presets` stands for. */
export interface Preset {
  /** The tier of what belongs to no declared service. @default - it says nothing of tiers */
  readonly tier?: Tier;

  /** The framework of which the rules must support a control. @default - it says nothing of rules */
  readonly framework?: string;

  /** In a sentence, for people. */
  readonly meaning: string;
}

/** The names that a configuration may use: what is none of them is a typing error. */
export interface Vocabulary {
  readonly rules: readonly KnownRule[];
  readonly presets: Readonly<Record<string, Preset>>;
}
