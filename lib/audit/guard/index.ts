import type { GuardRule } from './clause';
import { COMPUTE } from './compute';
import { DATABASES } from './databases';
import { MESSAGING } from './messaging';
import { STORAGE } from './storage';

/** Every rule that CloudFormation Guard can judge too, sorted by id. */
export const GUARD_RULES: readonly GuardRule[] = [...COMPUTE, ...DATABASES, ...MESSAGING, ...STORAGE].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
