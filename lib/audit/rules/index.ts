import type { Rule } from '../rule';
import * as elb from './elb';
import * as exceptions from './exceptions';

const MODULES: readonly Readonly<Record<string, Rule>>[] = [elb, exceptions];

/** Every rule, in the order of their ids. An exported const of a rules file is a registered rule. */
export const RULES: readonly Rule[] = MODULES.flatMap((module) => Object.values(module)).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
