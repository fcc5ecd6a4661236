import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib/core';
import type { Catalogue } from '../../lib/objectives/catalogue';
import type { Decision } from '../../lib/objectives/decision';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { TIERS, type Tier } from '../../lib/objectives/tier';
import { ROOT } from './fresh';
import { appOf, type Pattern, surroundings } from './pattern';

/** `GlobalTable` as `global-table`: the name of its files. */
export function kebab(construct: string): string {
  return construct
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** The lines between `// minimal` and `// end` of a pattern's file, moved to the margin. */
export function minimalUse({ construct }: Pattern): readonly string[] {
  const source = readFileSync(join(ROOT, 'test', 'patterns', `${kebab(construct)}.ts`), 'utf8').split('\n');
  const from = source.findIndex((line) => line.trim() === '// minimal');
  const until = source.findIndex((line, index) => index > from && line.trim() === '// end');
  if (from < 0 || until < 0) throw new Error(`${construct}: no lines between // minimal and // end`);
  const lines = source.slice(from + 1, until);
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin));
}

/** One row of the table of a pattern: what was decided, at each tier, and why. */
interface DecisionRow {
  readonly what: string;

  /** Of which things, where it is not of the pattern itself. */
  readonly of?: readonly string[];
  readonly values: readonly string[];
  readonly because: readonly string[];
}

/** What a pattern is made of at every tier. */
export interface PatternFacts {
  readonly pattern: Pattern;
  readonly rows: readonly DecisionRow[];

  /** The resource types that it makes, its surroundings left out. */
  readonly types: readonly string[];
}

interface SynthesisedTemplate {
  readonly Metadata?: { readonly 'cdk-nines'?: Catalogue };
  readonly Resources?: Readonly<Record<string, { Type: string; Metadata?: { 'aws:cdk:path'?: string } }>>;
}

/** Synthesises a pattern at every tier and keeps what its constructs decided, those around it left out. */
export function factsOf(pattern: Pattern): PatternFacts {
  const ids = idsIn(pattern);
  const perTier = TIERS.map((tier) => synthesised(pattern, tier));
  const whose = { ids, around: aroundIt(pattern), ofThings: pattern.decidesOf !== undefined };
  const decisions = TIERS.map((tier) =>
    decisionsIn(whose.ofThings ? synthesised(withThings(pattern), tier) : (perTier[tier] ?? []), whose),
  );
  const names = [...new Set(decisions.flatMap((each) => [...each.keys()]))].sort();
  const rows = names.map((what) => ({
    what,
    values: decisions.map((each) => [...(each.get(what)?.values ?? ['–'])].join(' / ')),
    because: decisions.map((each) => [...(each.get(what)?.because ?? [])].join(' / ')),
  }));
  return {
    pattern,
    rows: pattern.decidesOf ? byProperty(rows) : rows,
    types: [...new Set(perTier.flatMap((templates) => typesIn(templates, ids)))].sort(),
  };
}

/** A pattern that decides of things, with those things. */
function withThings(pattern: Pattern): Pattern {
  return {
    ...pattern,
    build: (stack, around) => {
      pattern.build(stack, around);
      pattern.decidesOf?.(stack);
    },
  };
}

/** What is decided of the regions that a pattern without an id of its own is tried in: it is not the pattern's. */
function aroundIt(pattern: Pattern): readonly string[] {
  if (pattern.buildApp) return [];
  const build = (stack: Stack) => void new CfnResource(stack, 'Any', { type: 'AWS::SNS::Topic' });
  const templates = synthesised({ construct: 'nothing', build }, 0);
  return [...decisionsIn(templates, { ids: [], around: [], ofThings: false }).keys()];
}

/** One row for all things whose property gets the same value for the same reason. */
function byProperty(rows: readonly DecisionRow[]): readonly DecisionRow[] {
  const alike = new Map<string, { row: DecisionRow; things: string[] }>();
  for (const row of rows) {
    const [, thing = '', property = row.what] = OF_THING.exec(row.what) ?? [];
    const key = JSON.stringify([property, row.values, row.because]);
    const known = alike.get(key) ?? { row: { ...row, what: property }, things: [] };
    known.things.push(thing);
    alike.set(key, known);
  }
  return [...alike.values()]
    .map(({ row, things }) => ({ ...row, of: [...new Set(things)].sort() }))
    .sort((one, other) => (`${one.what} ${one.of}` < `${other.what} ${other.of}` ? -1 : 1));
}

/** `ecs.FargateService/Service.desiredCount`: the class as the CDK calls it, the resource in it, the property. */
const OF_THING = /^(\w+\.\w+)(?:\/\w+)?\.(.+)$/;

/** The construct ids of the minimal use. Without one (a set of regions) everything is the pattern's own. */
function idsIn(pattern: Pattern): readonly string[] {
  if (pattern.buildApp) return [];
  const use = minimalUse(pattern).join('\n');
  return [...use.matchAll(/new [A-Za-z]+\(\s*stack,\s*'([^']+)'/g)].map(([, id]) => id ?? '');
}

function synthesised(pattern: Pattern, tier: Tier): readonly SynthesisedTemplate[] {
  if (pattern.refused?.[tier]) return [];
  const app = appOf(pattern, surroundings(pattern, tier));
  return app.synth().stacksRecursively.map((stack) => stack.template as SynthesisedTemplate);
}

interface Decided {
  readonly values: Set<string>;
  readonly because: Set<string>;
}

interface Whose {
  /** The ids of the minimal use. */
  readonly ids: readonly string[];

  /** What is decided around it. */
  readonly around: readonly string[];

  /** Whether it decides of things that stand there already. */
  readonly ofThings: boolean;
}

function decisionsIn(templates: readonly SynthesisedTemplate[], whose: Whose): ReadonlyMap<string, Decided> {
  const found = new Map<string, Decided>();
  const all = templates.flatMap(({ Metadata }) => Metadata?.['cdk-nines']?.services ?? []);
  for (const decision of all.flatMap(({ decisions }) => decisions as readonly Decision[])) {
    const what = ownName(decision.what, whose);
    if (what === undefined) continue;
    const row = found.get(what) ?? { values: new Set(), because: new Set() };
    row.values.add(String(decision.value));
    row.because.add(decision.because);
    found.set(what, row);
  }
  return found;
}

/** The name of a decision below the pattern's construct; for a set of regions, what it decided itself. */
function ownName(what: string, { ids, around, ofThings }: Whose): string | undefined {
  if (ofThings && OF_THING.test(what)) return what;
  const [place = '', ...rest] = what.split(/[./]/);
  if (ids.length === 0)
    return rest.length > 0 || what.startsWith('slo') || around.includes(what) ? undefined : what;
  return ids.includes(place) ? rest.join('.') : undefined;
}

function typesIn(templates: readonly SynthesisedTemplate[], ids: readonly string[]): readonly string[] {
  return templates
    .flatMap(({ Resources = {} }) => {
      const resources = Object.entries(Resources).map(([id, resource]) => ({
        ...resource,
        id,
        below: (resource.Metadata?.['aws:cdk:path'] ?? '').split('/')[1] ?? '',
      }));
      const made = ids.length === 0 ? resources.map(({ below }) => below) : withShared(ids, resources);
      return resources.filter(({ below }) => made.includes(below));
    })
    .map(({ Type }) => Type)
    .filter((type) => type !== 'AWS::CDK::Metadata');
}

/** What the constructs of a stack share: the first to need it makes it. */
const SHARED = ['DeadLetterNotices', 'AlarmNotices', 'LogKey', 'Baselines'];

/** The ids, and those of the shared constructs that they refer to, or that those refer to. */
function withShared(
  ids: readonly string[],
  resources: readonly { readonly id: string; readonly below: string }[],
): readonly string[] {
  const own = JSON.stringify(resources.filter(({ below }) => ids.includes(below)));
  const reached = SHARED.filter((shared) => !ids.includes(shared)).filter((shared) =>
    resources.some(({ id, below }) => below === shared && own.includes(`"${id}"`)),
  );
  return reached.length === 0 ? ids : withShared([...ids, ...reached], resources);
}

/** The generated part of a page that shows the minimal use. */
export function renderUse(pattern: Pattern): string {
  return ['```ts', ...minimalUse(pattern), '```'].join('\n');
}

/** The generated table of a page: what each tier decides. */
export function renderDecisions({ pattern, rows }: PatternFacts): string {
  const refusals = TIERS.filter((tier) => pattern.refused?.[tier]).map(
    (tier) => `Its minimal use is refused at tier ${tier}.`,
  );
  const approach =
    pattern.approach === undefined
      ? `With ${RecoveryApproach.ACTIVE_ACTIVE} at tier 0 and ${RecoveryApproach.WARM_STANDBY} below; where the regions differ, the first is before the stroke.`
      : `With ${pattern.approach}; where the regions differ, the first is before the stroke.`;
  if (rows.length === 0) return [...refusals, whyNothing(pattern)].join('\n\n');
  return [...refusals, approach, [...HEAD, ...rows.map((row) => tableRow(row))].join('\n')].join('\n\n');
}

function whyNothing({ construct, tierDecidesNothing }: Pattern): string {
  if (tierDecidesNothing === undefined)
    throw new Error(`${construct}: neither a decision nor a reason for none`);
  return `The tier decides nothing here: ${tierDecidesNothing}.`;
}

const HEAD = ['| What | Tier 0 | Tier 1 | Tier 2 | Tier 3 | Why |', '|---|---|---|---|---|---|'];

function tableRow({ what, of, values, because }: DecisionRow): string {
  const things = of === undefined ? '' : ` of ${of.map((each) => `\`${each}\``).join(', ')}`;
  return `| ${[`\`${what}\`${things}`, ...values, whyOf(because)].map(cell).join(' | ')} |`;
}

/** One reason where all tiers have the same, else each with its tiers. */
function whyOf(because: readonly string[]): string {
  const reasons = [...new Set(because.filter((each) => each !== ''))];
  if (reasons.length <= 1) return reasons[0] ?? '';
  return reasons
    .map((reason) => {
      const tiers = TIERS.filter((tier) => because[tier] === reason);
      return `${tiers.join(', ')}: ${reason}`;
    })
    .join('; ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** `docs/tiers.md`: every pattern at every tier. */
export function renderTiers(facts: readonly PatternFacts[]): string {
  const rows = facts.flatMap(({ pattern, rows }) => [
    `| [**${pattern.construct}**](patterns/${kebab(pattern.construct)}.md) | ${TIERS.map((tier) => (pattern.refused?.[tier] ? 'refused' : '')).join(' | ')} |${rows.length === 0 ? ` ${whyNothing(pattern)}` : ''} |`,
    ...rows.map((row) => tableRow(row)),
  ]);
  return [
    '# What the tier decides',
    '',
    'Generated by `UPDATE=1 npm test` from the decisions that each pattern writes into its templates, in its minimal use.',
    'Two values stand for the two regions, the primary or first one before the stroke. Each value can be set by hand; a',
    'weaker one needs a `weakening` with reason, expires and approver.',
    '',
    ...HEAD,
    ...rows,
    '',
  ].join('\n');
}

/** The IAM actions that CloudFormation needs for a type, by service. */
export type DeployPermissions = Readonly<Record<string, readonly string[]>>;

/** The generated part of a page on permissions: the types, and the actions that CloudFormation needs for them. */
export function renderPermissions({ types }: PatternFacts, permissions: DeployPermissions): string {
  const actions = [...new Set(types.flatMap((type) => permissions[type] ?? []))].sort();
  const services = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))];
  return [
    'The role that CloudFormation works with (the `cfn-exec` role of the bootstrap) needs, for what the minimal use makes at any tier:',
    '',
    ...services.map((service) => {
      const own = actions.filter((action) => action.startsWith(`${service}:`));
      return `- \`${service}\`: ${own.map((action) => `\`${action.slice(service.length + 1)}\``).join(', ')}`;
    }),
    '',
    `It makes ${types.map((type) => `\`${type}\``).join(', ')}.`,
  ].join('\n');
}

/** A page with its generated parts replaced. */
export function withGenerated(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const pattern = new RegExp(`<!-- generated:${name} -->[\\s\\S]*?<!-- end -->`);
    return text.replace(pattern, () => `<!-- generated:${name} -->\n\n${part}\n\n<!-- end -->`);
  }, page);
}

/** The headings that every page has. */
export const HEADINGS = [
  'Use',
  'What the tier decides',
  'Refuses',
  'Permissions to deploy',
  'Quotas',
  'Tear down',
  'Adopt',
  'In CDK Pipelines',
];
