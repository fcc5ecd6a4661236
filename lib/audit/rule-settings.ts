import { matchesGlob } from '../assembly/glob';
import type { Resource } from '../assembly/resource';
import type { Config } from '../records/config';
import type { ConfiguredRule, ConfiguredScope, RuleLevel } from '../records/rule-config';
import { constructPathOf } from './acceptance';
import { PRESETS } from './presets';
import type { ParameterValue, Rule } from './rule';

/** How one rule judges one resource. */
export interface RuleSetting {
  /** @default - by tier, as the rule says */
  readonly level?: RuleLevel;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Of all rules that have none the same. */
export const NO_PARAMETERS: RuleSetting['parameters'] = {};

type Part = ConfiguredScope & { readonly rules: Readonly<Record<string, ConfiguredRule>> };

/** What the configuration makes of the rules. */
export class RuleSettings {
  private readonly frameworks: ReadonlySet<string>;
  private readonly overrides: readonly Part[];

  /** Whether no resource is judged by other settings than the rest. */
  private readonly isUniform: boolean;
  private readonly everywhere = new Map<Rule, RuleSetting>();
  private readonly matching = new WeakMap<Resource, readonly Part[]>();
  private readonly ignored = new WeakMap<Resource, boolean>();

  constructor(private readonly config: Config | undefined) {
    const frameworks = (config?.presets ?? []).map((name) => PRESETS[name]?.framework);
    this.frameworks = new Set(frameworks.filter((framework) => framework !== undefined));
    this.overrides = config?.overrides ?? [];
    this.isUniform = this.overrides.length === 0 && (config?.ignore ?? []).length === 0;
  }

  /**
   * Whether a rule is asked for: by a framework, or because the configuration gives it a level. What judges exceptions
   * always is, else an exception that has run out would hide behind the choice of a framework.
   */
  selects({ id, controls = [], judgesExceptions }: Rule): boolean {
    if (this.frameworks.size === 0 || judgesExceptions === true) return true;
    const named = [this.config?.rules?.[id], ...this.overrides.map(({ rules }) => rules[id])];
    return (
      named.some((rule) => rule?.level !== undefined && rule.level !== 'off') ||
      controls.some(({ framework }) => this.frameworks.has(framework))
    );
  }

  /** How a rule judges a resource: what is said last and most closely decides. */
  of(rule: Rule, resource: Resource): RuleSetting {
    if (this.isUniform) return this.usual(rule);
    if (this.isIgnored(resource)) return { level: 'off', parameters: {} };
    const closer = this.matchingOverrides(resource).flatMap(({ rules }) => rules[rule.id] ?? []);
    return closer.length > 0 ? this.settingOf(rule, closer) : this.usual(rule);
  }

  /** How a rule judges where nothing is said more closely. */
  usual(rule: Rule): RuleSetting {
    const known = this.everywhere.get(rule);
    if (known) return known;
    const setting = this.settingOf(rule, []);
    this.everywhere.set(rule, setting);
    return setting;
  }

  private settingOf({ id, parameters = {} }: Rule, closer: readonly ConfiguredRule[]): RuleSetting {
    const said = [this.config?.rules?.[id] ?? {}, ...closer];
    const level = said.findLast((each) => each.level !== undefined)?.level;
    const shared = Object.entries(this.config?.parameters ?? {}).filter(([name]) =>
      Object.hasOwn(parameters, name),
    );
    const all: RuleSetting['parameters'] = Object.assign(
      defaultsOf(parameters),
      Object.fromEntries(shared),
      ...said.map((each) => each.parameters ?? {}),
    );
    return {
      ...(level !== undefined && { level }),
      parameters: Object.keys(all).length === 0 ? NO_PARAMETERS : all,
    };
  }

  private isIgnored(resource: Resource): boolean {
    const { ignore = [] } = this.config ?? {};
    if (ignore.length === 0) return false;
    const known = this.ignored.get(resource);
    if (known !== undefined) return known;
    const found = ignore.some((scope) => matchesScope(scope, resource));
    this.ignored.set(resource, found);
    return found;
  }

  private matchingOverrides(resource: Resource): readonly Part[] {
    if (this.overrides.length === 0) return [];
    const known = this.matching.get(resource);
    if (known) return known;
    const found = this.overrides.filter((override) => matchesScope(override, resource));
    this.matching.set(resource, found);
    return found;
  }
}

function defaultsOf(parameters: NonNullable<Rule['parameters']>): RuleSetting['parameters'] {
  return Object.fromEntries(Object.entries(parameters).map(([name, { default: usual }]) => [name, usual]));
}

/** Each kind that is given must match by one of its patterns. */
export function matchesScope({ paths, stacks, types }: ConfiguredScope, resource: Resource): boolean {
  const { stack, logicalId, madeFrom = logicalId, type } = resource;
  const path = constructPathOf(resource);
  // What the serverless transform makes is also found under what it is made of.
  const places =
    path === undefined ? [logicalId, madeFrom].map((id) => `${stack.source.name}/${id}`) : [path];
  const matches = (patterns: readonly string[] | undefined, ...texts: readonly string[]) =>
    patterns === undefined || patterns.some((pattern) => texts.some((text) => matchesGlob(pattern, text)));
  return matches(paths, ...places) && matches(stacks, stack.id, stack.source.name) && matches(types, type);
}
