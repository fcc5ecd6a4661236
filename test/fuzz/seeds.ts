import { allCases } from '../support/all-cases';
import type { TestApp } from '../support/graph';
import type { RuleCase } from '../support/rule-cases';
import type { Json } from './mutate';

/** An app to be changed: templates by stack name. */
export type Seed = Readonly<Record<string, Json>>;

/** Every case of every rule as an app, so that all types and properties that any rule looks at are met. */
export function seeds(): readonly Seed[] {
  return [...allCases().values()].flatMap(({ rule, cases, further }) =>
    [cases, ...further].flatMap(({ passes, fails, unknown, notApplicable }) =>
      [passes, fails, unknown, notApplicable]
        .filter((group) => typeof group === 'object')
        .flatMap((group) => Object.values(group))
        .map((each) => seedOf(each, rule.appliesTo[0] ?? '')),
    ),
  );
}

function seedOf(ruleCase: RuleCase, type: string): Seed {
  const app = ruleCase as TestApp;
  if ('stacks' in app && typeof app.stacks === 'object') {
    return Object.fromEntries(
      Object.entries(app.stacks as Readonly<Record<string, { readonly template: unknown }>>).map(
        ([name, stack]) => [name, stack.template as Json],
      ),
    );
  }
  if ('Resources' in app) return { app: app as unknown as Json };
  return { app: { Resources: { Subject: { Type: type, Properties: app as unknown as Json } } } };
}
