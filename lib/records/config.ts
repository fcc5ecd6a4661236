import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { Mistake } from '../objectives/mistakes';
import { ownerMistakes, serviceNameMistakes } from '../objectives/service-identity';
import { parseTier, type Tier } from '../objectives/tier';
import { type AssumptionConfig, assumptionConfigIn } from './assumption-config';
import { COST_KEYS, type CostConfig, costConfigIn } from './cost-config';
import { DEPENDENCY_KEYS, type DependencyConfig, dependencyConfigIn } from './dependency-config';
import { EXCEPTION_KEYS, type ExceptionConfig, exceptionConfigIn } from './exception-config';
import { GatheredMistakes } from './gathered-mistakes';
import { PEAK_KEYS, type PeakConfig, peakConfigIn } from './peak-config';
import { REGION_KEYS, type RegionConfig, regionConfigIn } from './region-config';
import { type ConfigPlace, RULE_KEYS, type RuleConfig, ruleConfigIn } from './rule-config';
import type { Vocabulary } from './vocabulary';
import { openYaml, type YamlReader } from './yaml-reader';

/** One service of `nines.config.yaml`, and the resources that are its own. */
export interface ConfiguredService extends RegionConfig, DependencyConfig, CostConfig, PeakConfig {
  readonly name: string;
  readonly tier: Tier;

  /** @default - nobody is named */
  readonly owner?: string;

  /** Patterns of stack names or ids; `*` stands for any text. */
  readonly stacks: readonly string[];

  /** Patterns of construct paths; `*` stands for any text. */
  readonly paths: readonly string[];

  /** Tags of which a resource or its stack must carry all. */
  readonly tags: Readonly<Record<string, string>>;

  /** Where it is declared. @default - nobody says */
  readonly source?: ConfigPlace;
}

/** What `nines.config.yaml` says. */
export interface Config extends ExceptionConfig, RuleConfig {
  readonly services: readonly ConfiguredService[];

  /** The tier of resources that belong to no declared service. @default - the command and the plug-in say */
  readonly tier?: Tier;

  /** Numbers that replace our assumptions in an assessment. @default - ours */
  readonly assumptions?: AssumptionConfig;
}

/** The file that declares the services of an app that uses no construct of ours. */
export const CONFIG_FILE = 'nines.config.yaml';

const CONFIG_SCHEMA = 'cdk-nines.config/1';
const KEYS = ['schema', 'tier', 'services', 'assumptions', ...RULE_KEYS, ...EXCEPTION_KEYS];
const SERVICE_KEYS = [
  'name',
  'tier',
  'owner',
  'stacks',
  'paths',
  'tags',
  ...REGION_KEYS,
  ...DEPENDENCY_KEYS,
  ...COST_KEYS,
  ...PEAK_KEYS,
];

/**
 * Reads the text of a `nines.config.yaml`.
 *
 * @param known the rules and presets there are; where it is left out, their names are not checked
 * @throws ConfigurationError with file, line and column of each mistake
 */
export function parseConfig(text: string, file: string, known?: Vocabulary): Config {
  const { reader, root: contents } = openYaml(text, file);
  const root = reader.map(contents, KEYS, 'the file');
  // A file of another version has other keys: nothing else is told of it.
  refuseVersion(root.get('schema'), reader);
  const mistakes = new GatheredMistakes();
  const nodes = mistakes.in(() => reader.list(root.get('services'), 'services')) ?? [];
  const services = nodes.flatMap((node) => {
    const service = mistakes.in(() => serviceOf(node, { reader, mistakes }));
    return service ? [{ ...service, source: { file: printable(file), line: reader.lineOf(node) } }] : [];
  });
  mistakes.in(() => refuseTwice(services, contents, reader));
  const rules = ruleConfigIn(root, { reader, file, mistakes, ...(known && { known }) });
  const tier = mistakes.in(() => tierIn(root, rules.presets ?? [], { reader, known }));
  const assumptions = mistakes.in(() => assumptionConfigIn(root.get('assumptions'), reader)) ?? {};
  const exceptions = mistakes.in(() => exceptionConfigIn(root, reader));
  mistakes.refuse();
  return {
    ...(tier !== undefined && { tier }),
    services,
    ...(Object.keys(assumptions).length > 0 && { assumptions }),
    ...rules,
    ...exceptions,
  };
}

function refuseVersion(schema: Node | undefined, reader: YamlReader): void {
  if (schema === undefined || reader.text(schema, 'schema') === CONFIG_SCHEMA) return;
  reader.refuse(
    schema,
    'schema is of another version',
    `write ${CONFIG_SCHEMA}, or use the release that knows yours`,
  );
}

/** The assumed tier is said once: by itself, or by one preset. */
function tierIn(
  root: ReadonlyMap<string, Node>,
  presets: readonly string[],
  { reader, known }: { readonly reader: YamlReader; readonly known: Vocabulary | undefined },
): Tier | undefined {
  const node = root.get('tier');
  const own = node && parseTier(reader.text(node, 'tier'), reader.placeOf(node));
  const named = presets.filter((name) => known?.presets[name]?.tier !== undefined);
  const sayings = [...(own === undefined ? [] : [`tier: ${own}`]), ...named];
  if (sayings.length > 1)
    reader.refuse(
      root.get('presets'),
      `the tier is said ${sayings.length} times: ${sayings.join(', ')}`,
      'leave one of them',
    );
  return own ?? known?.presets[named[0] ?? '']?.tier;
}

/** What a part of the file is read with, and where what is wrong in it is gathered. */
interface ServiceReading {
  readonly reader: YamlReader;
  readonly mistakes: GatheredMistakes;
}

/** @returns `undefined` where its name or its tier is refused: nothing else would be its own */
function serviceOf(node: Node, { reader, mistakes }: ServiceReading): ConfiguredService | undefined {
  const fields = reader.map(node, SERVICE_KEYS, 'a service');
  const required = (key: string) =>
    fields.get(key) ?? reader.refuse(node, `a service has no ${key}`, `add ${key}`);
  const texts = (key: string) => reader.list(fields.get(key), key).map((item) => reader.text(item, key));
  const name = mistakes.in(() =>
    textOf(required('name'), 'name', { reader, mistakesIn: serviceNameMistakes }),
  );
  const tier = mistakes.in(() =>
    parseTier(reader.text(required('tier'), 'tier'), reader.placeOf(required('tier'))),
  );
  const owner = mistakes.in(() => ownerIn(fields.get('owner'), reader));
  const own = mistakes.in(() => ({
    stacks: texts('stacks'),
    paths: texts('paths'),
    tags: tagsOf(fields.get('tags'), reader),
  }));
  const kinds = [regionConfigIn, dependencyConfigIn, costConfigIn, peakConfigIn] as const;
  const rest = kinds.map((read) => mistakes.in(() => read(fields, reader)));
  if (own && own.stacks.length + own.paths.length + Object.keys(own.tags).length === 0) {
    reader.refuse(node, `service ${printable(name ?? '')} names no resources`, 'add stacks, paths or tags');
  }
  if (name === undefined || tier === undefined || own === undefined) return undefined;
  return Object.assign({ name, tier, ...owner, ...own }, ...rest);
}

function ownerIn(node: Node | undefined, reader: YamlReader): Pick<ConfiguredService, 'owner'> {
  return node ? { owner: textOf(node, 'owner', { reader, mistakesIn: ownerMistakes }) } : {};
}

/** A text that code is held to as well. */
function textOf(
  node: Node,
  what: string,
  { reader, mistakesIn }: { readonly reader: YamlReader; mistakesIn(text: string): readonly Mistake[] },
): string {
  const text = reader.text(node, what);
  const [mistake] = mistakesIn(text);
  if (mistake) reader.refuse(node, printable(mistake.problem), mistake.fix);
  return text;
}

function tagsOf(node: Node | undefined, reader: YamlReader): Readonly<Record<string, string>> {
  if (!node) return {};
  return Object.fromEntries(
    [...reader.map(node, undefined, 'tags')].map(([key, value]) => [key, reader.text(value, `tag ${key}`)]),
  );
}

function refuseTwice(services: readonly ConfiguredService[], node: unknown, reader: YamlReader): void {
  const names = services.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    reader.refuse(
      node as Node,
      `service ${printable(twice)} is declared twice`,
      'give each service one entry',
    );
}
