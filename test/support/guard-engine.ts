import { createRequire } from 'node:module';
import type { GuardParameters } from '../../lib/audit/guard/clause';
import type { Rule } from '../../lib/audit/rule';
import type { Config } from '../../lib/records/config';
import type { TestApp } from './graph';

/** What tests use of the Guard engine that aws-cdk-lib carries. */
interface Validate {
  readonly CompositeEngine: new (config: {
    readonly guardRules?: readonly { readonly name: string; readonly content: string }[];
  }) => Engine;
  readonly TemplateContent: new (content: string) => object;
}

interface Engine {
  validateTemplate(template: object, config?: object): { readonly diagnostics: readonly Diagnostic[] };
  free(): void;
}

interface Diagnostic {
  readonly ruleId: string;
  readonly source: string;
  readonly message: string;
  readonly entity?: { readonly resourceType?: string };
  readonly propertyPath?: string;
}

const { CompositeEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib'))(
  '@aws/cloudformation-validate',
) as Validate;

/** What the engine finds in each app by rules of CloudFormation Guard. */
export function guardFindings(rules: string, apps: readonly TestApp[]): readonly (readonly Diagnostic[])[] {
  const engine = new CompositeEngine({ guardRules: [{ name: 'nines.guard', content: rules }] });
  try {
    return apps.map((app) =>
      templatesOf(app).flatMap((template) =>
        engine
          .validateTemplate(new TemplateContent(JSON.stringify(template)), { disableBuiltinRules: true })
          .diagnostics.filter(({ source }) => source === 'GUARD'),
      ),
    );
  } finally {
    engine.free();
  }
}

/** Whether a rule of CloudFormation Guard holds in each app. A rule that asks nothing holds. */
export function guardVerdicts(
  rules: string,
  name: string,
  apps: readonly TestApp[],
): readonly ('pass' | 'fail')[] {
  return guardFindings(rules, apps).map((found) =>
    found.some(({ ruleId }) => ruleId === name) ? 'fail' : 'pass',
  );
}

/** What CloudFormation does not know in a template: types, and properties as a type and a path. */
export function unknownProperties(template: unknown): readonly string[] {
  const engine = new CompositeEngine({});
  try {
    const { diagnostics } = engine.validateTemplate(new TemplateContent(JSON.stringify(template)));
    return diagnostics
      .filter(({ ruleId }) => ruleId === 'F3002' || ruleId === 'F3006')
      .map(({ entity, propertyPath = '' }) =>
        `${entity?.resourceType} ${propertyPath.replace(/^Properties\.?/, '')}`.trim(),
      );
  } finally {
    engine.free();
  }
}

/**
 * What the schemas of CloudFormation say against the values in a template: types, patterns, lengths, numbers, words. Properties
 * of a resource that are left out do not count.
 */
export function schemaViolations(template: unknown): readonly string[] {
  const engine = new CompositeEngine({});
  try {
    const { diagnostics } = engine.validateTemplate(new TemplateContent(JSON.stringify(template)));
    return diagnostics
      .filter(({ ruleId, propertyPath }) => SCHEMA_RULES.test(ruleId) && propertyPath !== 'Properties')
      .map(({ entity, propertyPath = '', message }) => `${entity?.resourceType} ${propertyPath}: ${message}`);
  } finally {
    engine.free();
  }
}

/** Fatal ones, and words that are none of a list, which are a warning. */
const SCHEMA_RULES = /^(F3\d{3}|W3030)$/;

/** The templates of an app. */
export function templatesOf(app: TestApp): readonly unknown[] {
  if (!('stacks' in app)) return [app];
  return Object.values(app.stacks as Readonly<Record<string, { readonly template: unknown }>>).map(
    ({ template }) => template,
  );
}

/** The parameters of a rule: what a configuration sets, else their defaults. */
export function parametersIn(rule: Rule, config?: Config): GuardParameters {
  const defaults = Object.entries(rule.parameters ?? {}).map(([name, one]) => [name, one.default] as const);
  const set = (config?.rules?.[rule.id] as { readonly parameters?: GuardParameters } | undefined)?.parameters;
  return { ...Object.fromEntries(defaults), ...set };
}
