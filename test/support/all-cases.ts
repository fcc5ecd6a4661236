import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../lib/audit/rule';
import { collectCases, type RuleCases } from './rule-cases';

const TESTS = join(__dirname, '..', 'audit', 'rules');

/** A rule with its cases. */
export interface TestedRule {
  readonly rule: Rule;
  readonly cases: RuleCases;

  /** Its cases in other settings, such as at another tier. */
  readonly further: readonly RuleCases[];
}

/** The cases of every rule, by the rule's id, read from the tests of rules without running them. */
export function allCases(): ReadonlyMap<string, TestedRule> {
  const found = new Map<string, TestedRule>();
  const names = ['describe', 'it', 'test', 'expect'] as const;
  const world = globalThis as unknown as Record<string, unknown>;
  const real = names.map((name) => world[name]);
  // What the files register besides their cases is run where they stand.
  for (const name of names) world[name] = Object.assign(() => undefined, { each: () => () => undefined });
  try {
    collectCases((rule, cases) => {
      const first = found.get(rule.id);
      found.set(
        rule.id,
        first ? { ...first, further: [...first.further, cases] } : { rule, cases, further: [] },
      );
    }, readTests);
  } finally {
    names.forEach((name, index) => {
      world[name] = real[index];
    });
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readTests(): void {
  for (const file of readdirSync(TESTS).sort()) if (file.endsWith('.test.ts')) require(join(TESTS, file));
}
