import { GUARD_RULES } from '../../lib/audit/guard';
import { RULES } from '../../lib/audit/rules';
import { RUNTIME_RULES } from '../../lib/audit/runtime-rules';
import type { PackInput } from '../../lib/evidence/config-pack';
import { parametersIn } from './guard-engine';

/** All rules, as a pack is made of them. */
export const ALL_RULES: Omit<PackInput, 'pack' | 'tier'> = {
  rules: RULES,
  runtimeRules: RUNTIME_RULES,
  guardRules: GUARD_RULES,
  parametersOf: (rule) => parametersIn(rule),
};
