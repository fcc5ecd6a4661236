import { GUARD_RULES } from '../audit/guard';
import type { GuardRule } from '../audit/guard/clause';
import type { Rule } from '../audit/rule';
import { RuleSettings } from '../audit/rule-settings';
import { RULES } from '../audit/rules';
import { RUNTIME_RULES } from '../audit/runtime-rules';
import { ConfigurationError } from '../errors';
import { configPack, type PackName } from '../evidence/config-pack';
import { guardRules } from '../evidence/guard';
import { hookTemplate } from '../evidence/hook-template';
import { stackSetTemplate } from '../evidence/stackset-template';
import { Tier } from '../objectives/tier';
import { configFor } from './config';
import { write } from './output';
import type { World } from './terminal';

type Level = 'error' | 'warning';

/** The options of `nines export`, as commander reads them. */
export interface ExportFlags {
  /** Decides parameters, and which rules are worth it. @default 1 */
  readonly tier?: string;

  /** The lowest severity, at the tier, of what is exported. */
  readonly level: Level;

  /** Which half of the rules a pack has. */
  readonly pack: PackName;
  readonly config?: string;
  readonly out?: string;
}

/** What can be exported, and how it is made. */
const EXPORTS = {
  'config-pack': (from: Source) => configPack(from),
  guard: ({ guarded, parametersOf }: Source) => guardRules({ rules: guarded, parametersOf }),
  hook: ({ guarded, tier, parametersOf }: Source) =>
    hookTemplate({ tier, types: typesOf(guarded, parametersOf) }),
  stackset: (from: Source) =>
    stackSetTemplate({ name: `nines-${from.pack}-tier-${from.tier}`, pack: [...configPack(from)].join('') }),
} as const satisfies Readonly<Record<string, (from: Source) => Iterable<string>>>;

export type Exported = keyof typeof EXPORTS;

/** Runs `nines export` and gives its exit code. */
export function exportRules(what: Exported, flags: ExportFlags, world: World): number {
  const source = sourceOf(flags);
  if (source.guarded.length === 0 && (what === 'guard' || what === 'hook')) throw nothingLeft(flags);
  write(EXPORTS[what](source), flags.out, world);
  return 0;
}

/** Guard takes no file without a rule. */
function nothingLeft({ tier = '1', level }: ExportFlags): ConfigurationError {
  return new ConfigurationError({
    path: '--level',
    problem: `no rule that Guard can judge is ${level === 'error' ? 'an error' : 'a warning'} at tier ${tier}`,
    fix: level === 'error' ? 'use --level warning' : 'turn rules on in the configuration',
  });
}

type Source = ReturnType<typeof sourceOf>;

/** The rules that the configuration asks for, with their parameters. */
function sourceOf({ tier: written = '1', level, pack, config }: ExportFlags) {
  const settings = new RuleSettings(configFor([], config));
  const tier = Number(written) as Tier;
  const rules = RULES.filter((rule) => settings.selects(rule) && settings.usual(rule).level !== 'off').filter(
    (rule) => isWorth(rule, tier, level),
  );
  const guarded = GUARD_RULES.flatMap((guard) => {
    const rule = rules.find(({ id }) => id === guard.id);
    return rule ? [{ rule, guard }] : [];
  });
  return {
    tier,
    pack,
    rules,
    guarded,
    guardRules: GUARD_RULES,
    runtimeRules: RUNTIME_RULES,
    parametersOf: (rule: Rule) => settings.usual(rule).parameters,
  };
}

/** At tier 3 all is but information: what is owed there at all is what tier 2 owes. */
function isWorth({ severity }: Rule, tier: Tier, level: Level): boolean {
  const found = severity[tier === Tier.STANDARD ? Tier.IMPORTANT : tier];
  return found === 'error' || found === level;
}

function typesOf(
  guarded: readonly { readonly rule: Rule; readonly guard: GuardRule }[],
  parametersOf: Source['parametersOf'],
): readonly string[] {
  const types = guarded.flatMap(({ rule, guard }) =>
    guard.parts(parametersOf(rule)).flatMap((part) => part.types),
  );
  // A hook has no targets but types of the registry.
  return [...new Set(types)].filter((type) => type.startsWith('AWS::')).sort();
}
