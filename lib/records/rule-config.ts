import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { GatheredMistakes } from './gathered-mistakes';
import { nearestInWords } from './nearest-name';
import { type ParameterNames, parametersIn, sharedParametersIn } from './parameter-config';
import type { ConfiguredValue, KnownRule, Vocabulary } from './vocabulary';
import type { YamlReader } from './yaml-reader';

/** How loud the findings of a rule are; `off` does not run it. */
export type RuleLevel = 'error' | 'warning' | 'info' | 'off';

const LEVELS: readonly RuleLevel[] = ['error', 'warning', 'info', 'off'];

/** Where something is written. */
export interface ConfigPlace {
  readonly file: string;
  readonly line: number;
}

/** What `nines.config.yaml` says of one rule. */
export interface ConfiguredRule {
  /** How loud its findings are, at every tier; `off` does not run it. @default - by tier, as the rule says */
  readonly level?: RuleLevel;

  /** Why it is off, or quieter. Required where it is off. @default - nobody says */
  readonly reason?: string;

  /** Values of its parameters, by name. @default - those of the rule */
  readonly parameters?: Readonly<Record<string, ConfiguredValue>>;
  readonly source?: ConfigPlace;
}

/** Which resources something is said of: those that match one pattern of each kind given. `*` stands for any text. */
export interface ConfiguredScope {
  /** Construct paths; where a template tells none, `STACK/LOGICAL-ID`. @default - any */
  readonly paths?: readonly string[];

  /** Names or ids of stacks. @default - any */
  readonly stacks?: readonly string[];

  /** CloudFormation types. @default - any */
  readonly types?: readonly string[];
}

/** Rules as they are for some resources only. */
export interface ConfiguredOverride extends ConfiguredScope {
  /** By rule id. */
  readonly rules: Readonly<Record<string, ConfiguredRule>>;
}

/** Resources of which no rule says anything. */
export interface ConfiguredIgnore extends ConfiguredScope {
  readonly reason: string;
  readonly source: ConfigPlace;
}

/** What a configuration says of rules. */
export interface RuleConfig {
  /** Names of presets; those of frameworks select rules. @default - every rule runs */
  readonly presets?: readonly string[];

  /** By rule id. @default - every rule as it is */
  readonly rules?: Readonly<Record<string, ConfiguredRule>>;

  /** Values for every rule that has a parameter of the name. @default - those of the rules */
  readonly parameters?: Readonly<Record<string, ConfiguredValue>>;

  /** The last one that matches a resource decides. @default - none */
  readonly overrides?: readonly ConfiguredOverride[];

  /** @default - nothing is ignored */
  readonly ignore?: readonly ConfiguredIgnore[];
}

/** The keys that say it. */
export const RULE_KEYS = ['presets', 'rules', 'parameters', 'overrides', 'ignore'] as const;

/** What rules are read with. */
interface Reading {
  readonly reader: YamlReader;
  readonly file: string;

  /** @default - names are not checked */
  readonly known?: Vocabulary;

  /** Where what is wrong is gathered. */
  readonly mistakes: GatheredMistakes;
}

/** Reads what a configuration says of rules; what is wrong of it is gathered. */
export function ruleConfigIn(root: ReadonlyMap<string, Node>, reading: Reading): RuleConfig {
  const { reader, known, mistakes } = reading;
  const listed = <T>(list: Node, what: string, read: (node: Node) => T): readonly T[] =>
    (mistakes.in(() => reader.list(list, what)) ?? []).flatMap((node) => {
      const item = mistakes.in(() => read(node));
      return item === undefined ? [] : [item];
    });
  const [presets, rules, parameters, overrides, ignore] = RULE_KEYS.map((key) => root.get(key));
  return {
    ...(presets && { presets: listed(presets, 'presets', (node) => presetIn(node, reading)) }),
    ...(rules && { rules: mistakes.in(() => rulesIn(rules, reading)) ?? {} }),
    ...(parameters && {
      parameters: mistakes.in(() => sharedParametersIn(parameters, reader, known?.rules)) ?? {},
    }),
    ...(overrides && { overrides: listed(overrides, 'overrides', (node) => overrideIn(node, reading)) }),
    ...(ignore && { ignore: listed(ignore, 'ignore', (node) => ignoreIn(node, reading)) }),
  };
}

function presetIn(node: Node, { reader, known }: Reading): string {
  const name = reader.text(node, 'a preset');
  const names = Object.keys(known?.presets ?? {});
  if (known && !names.includes(name))
    reader.refuse(node, `${printable(name)} is no preset`, nearestInWords(name, names));
  return name;
}

function rulesIn(node: Node, reading: Reading): Readonly<Record<string, ConfiguredRule>> {
  const { reader, known, mistakes } = reading;
  const ids = known?.rules.map(({ id }) => id);
  const entries = reader.entries(node, 'rules').flatMap(({ key, name, value }) => {
    const read = mistakes.in(() => {
      if (ids && !ids.includes(name))
        reader.refuse(key, `${printable(name)} is no rule`, nearestInWords(name, ids));
      const rule = known?.rules.find(({ id }) => id === name);
      return ruleIn({ key, name, value }, { ...reading, ...(rule && { rule }) });
    });
    return read ? [[name, read] as const] : [];
  });
  return Object.fromEntries(entries);
}

function ruleIn(
  { key, name, value }: { readonly key: Node; readonly name: string; readonly value: Node },
  { reader, file, rule }: Reading & { readonly rule?: KnownRule },
): ConfiguredRule {
  const source = { file: printable(file), line: reader.lineOf(key) };
  if (!reader.isMap(value)) {
    const level = levelIn(value, reader);
    return level === 'off' ? withoutReason(value, name, reader) : { level, source };
  }
  const fields = reader.map(value, ['level', 'reason', 'parameters'], `rule ${printable(name)}`);
  const [level, reason, parameters] = ['level', 'reason', 'parameters'].map((each) => fields.get(each));
  if (level && !reason && levelIn(level, reader) === 'off') withoutReason(level, name, reader);
  const names: ParameterNames | undefined = rule && { owner: name, parameters: rule.parameters ?? {} };
  return {
    ...(level && { level: levelIn(level, reader) }),
    ...(reason && { reason: reader.text(reason, 'reason') }),
    ...(parameters && { parameters: parametersIn(parameters, reader, names) }),
    source,
  };
}

function withoutReason(node: Node, name: string, reader: YamlReader): never {
  return reader.refuse(
    node,
    `${printable(name)} is turned off and nobody says why`,
    `write ${printable(name)}: { level: off, reason: why nobody needs it }`,
  );
}

function levelIn(node: Node, reader: YamlReader): RuleLevel {
  const written = reader.text(node, 'a level');
  return (
    LEVELS.find((level) => level === written) ??
    reader.refuse(node, `${printable(written)} is no level`, `write one of ${LEVELS.join(', ')}`)
  );
}

const SCOPE_KEYS = ['paths', 'stacks', 'types'] as const;

function overrideIn(node: Node, reading: Reading): ConfiguredOverride {
  const { reader } = reading;
  const fields = reader.map(node, [...SCOPE_KEYS, 'rules'], 'an override');
  const rules = fields.get('rules') ?? reader.refuse(node, 'an override has no rules', 'add rules');
  return { ...scopeIn(node, fields, reader), rules: rulesIn(rules, reading) };
}

function ignoreIn(node: Node, { reader, file }: Reading): ConfiguredIgnore {
  const fields = reader.map(node, [...SCOPE_KEYS, 'reason'], 'what is ignored');
  const reason =
    fields.get('reason') ??
    reader.refuse(node, 'something is ignored and nobody says why', 'add reason: why nobody needs it');
  return {
    ...scopeIn(node, fields, reader),
    reason: reader.text(reason, 'reason'),
    source: { file: printable(file), line: reader.lineOf(node) },
  };
}

function scopeIn(node: Node, fields: ReadonlyMap<string, Node>, reader: YamlReader): ConfiguredScope {
  const given = SCOPE_KEYS.flatMap((key) => {
    const patterns = reader.list(fields.get(key), key).map((item) => reader.text(item, key));
    return patterns.length > 0 ? [[key, patterns] as const] : [];
  });
  if (given.length === 0)
    reader.refuse(node, 'it names no resources', `add ${SCOPE_KEYS.join(', ')}, or set rules for all`);
  return Object.fromEntries(given);
}
