import { SAME_IN_ITEM } from '../audit/config/item-policies';
import { managedParameters } from '../audit/config/managed-parameters';
import { MANAGED_RULES } from '../audit/config/managed-rules';
import type { GuardParameters, GuardRule } from '../audit/guard/clause';
import type { Rule, RuleKind } from '../audit/rule';
import type { RuntimeRule } from '../audit/runtime-rules';
import type { Tier } from '../objectives/tier';
import { tierPolicy } from '../objectives/tier-policy';
import { itemPolicy } from './guard';
import { type Yaml, yamlDocument } from './yaml';

/** The most rules that one conformance pack takes. @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
export const MOST_RULES_OF_PACK = 130;

/** The most bytes of a template that is given inline. @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html */
export const MOST_BYTES_OF_PACK = 51_200;

/** What stands in one pack: all rules together are more than one takes. */
export const PACKS = {
  availability: ['redundancy', 'backup', 'capacity'],
  evidence: ['protection', 'monitoring', 'compliance'],
} as const satisfies Readonly<Record<string, readonly RuleKind[]>>;

export type PackName = keyof typeof PACKS;

/** What a pack is made of. */
export interface PackInput {
  readonly pack: PackName;

  /** Decides the parameters. */
  readonly tier: Tier;
  readonly rules: readonly Rule[];
  readonly runtimeRules: readonly RuntimeRule[];
  readonly guardRules: readonly GuardRule[];
  parametersOf(rule: Rule): GuardParameters;
}

interface PackRule {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly source: Yaml;
  readonly scope?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A conformance pack of AWS Config: the rules of ours that it can judge in running accounts. */
export function configPack(input: PackInput): Iterable<string> {
  const rules = packRules(input);
  const resources = Object.fromEntries(rules.map((rule) => [logicalId(rule), resourceOf(rule)]));
  return [
    `# cdk-nines, the rules on ${PACKS[input.pack].join(', ')} that AWS Config can judge, for tier ${input.tier}.\n`,
    `# ${rules.length} of at most ${MOST_RULES_OF_PACK} rules. See nines explain RULE.\n`,
    yamlDocument({ Resources: resources }),
  ];
}

/** The rules of a pack, sorted by their names. */
export function packRules(input: PackInput): readonly PackRule[] {
  const kinds: readonly RuleKind[] = PACKS[input.pack];
  const rules = input.rules
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((rule) => [...managedBy(rule, input), ...policiesOf(rule, input)]);
  const atRunTime = input.runtimeRules
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ id, title, configRules = [] }) =>
      configRules.map((identifier) => managed({ id, title }, identifier, { input, parameters: {} })),
    );
  const byName = new Map([...rules, ...atRunTime].map((rule) => [rule.name, rule]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function managedBy(rule: Rule, input: PackInput): readonly PackRule[] {
  const parameters = input.parametersOf(rule);
  return (MANAGED_RULES[rule.id] ?? []).map((identifier) => managed(rule, identifier, { input, parameters }));
}

function managed(
  { id, title }: { readonly id: string; readonly title: string },
  identifier: string,
  { input, parameters }: { readonly input: PackInput; readonly parameters: GuardParameters },
): PackRule {
  return {
    id,
    title,
    name: `${id}-${identifier.toLowerCase().replaceAll('_', '-')}`,
    source: { Owner: 'AWS', SourceIdentifier: identifier },
    parameters: managedParameters(identifier, { policy: tierPolicy(input.tier), parameters }),
  };
}

/** A policy of ours where there is no managed rule and the configuration item says the same as the template. */
function policiesOf(rule: Rule, { guardRules, parametersOf }: PackInput): readonly PackRule[] {
  const { id, title } = rule;
  const type = SAME_IN_ITEM[id];
  const guard = guardRules.find((one) => one.id === id);
  if (type === undefined || !guard) return [];
  const source = {
    Owner: 'CUSTOM_POLICY',
    CustomPolicyDetails: {
      EnableDebugLogDelivery: false,
      PolicyRuntime: 'guard-2.x.x',
      PolicyText: itemPolicy(rule, guard.parts(parametersOf(rule)), type),
    },
    SourceDetails: [
      { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
      { EventSource: 'aws.config', MessageType: 'OversizedConfigurationItemChangeNotification' },
    ],
  };
  return [{ id, title, name: `${id}-custom-policy`, source, scope: type }];
}

function resourceOf({ id, title, name, source, scope, parameters = {} }: PackRule): Yaml {
  return {
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: name,
      // The service takes 256 letters.
      Description: `${id}: ${title}`.slice(0, 256),
      ...(Object.keys(parameters).length > 0 && { InputParameters: parameters }),
      ...(scope !== undefined && { Scope: { ComplianceResourceTypes: [scope] } }),
      Source: source,
    },
  };
}

function logicalId({ name }: PackRule): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
