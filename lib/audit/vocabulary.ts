import type { Vocabulary } from '../records/vocabulary';
import { PRESETS } from './presets';
import { RULES } from './rules';

/** All names that a configuration may use. */
export const VOCABULARY: Vocabulary = { rules: RULES, presets: PRESETS };
