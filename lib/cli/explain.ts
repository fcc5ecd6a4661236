import { printable } from '../assembly/source/printable';
import { controlLines } from '../audit/control-words';
import type { Control } from '../audit/controls';
import type { Rule } from '../audit/rule';
import { RULES } from '../audit/rules';
import { RUNTIME_CONTROLS } from '../audit/runtime-controls';
import { RUNTIME_RULES, type RuntimeRule } from '../audit/runtime-rules';
import { ConfigurationError } from '../errors';
import { TIERS } from '../objectives/tier';
import type { JudgeFlags } from './judge';
import { paletteFor, type World } from './terminal';

/** What a rule id looks like; all else is the name of a service. */
const RULE_ID = /^[A-Za-z][A-Za-z0-9]*-\d+$/;

/** Runs `nines explain RULE|SERVICE` and gives its exit code. */
export function explain(id: string, flags: JudgeFlags & { readonly path: string }, world: World): number {
  const isNamed = (candidate: { readonly id: string }) => candidate.id === id.toUpperCase();
  const [rule, atRunTime] = [RULES.find(isNamed), RUNTIME_RULES.find(isNamed)];
  if (!rule && !atRunTime) {
    if (!RULE_ID.test(id))
      return (require('./explain-service') as typeof import('./explain-service')).explainService(
        id,
        flags,
        world,
      );
    throw new ConfigurationError({
      path: printable(id),
      problem: `is none of the ${RULES.length} rules`,
      fix: `name a rule such as ${nearest(id.toUpperCase())}`,
    });
  }
  if (rule) world.out(page(rule, world, atRunTime));
  else if (atRunTime) world.out(runtimePage(atRunTime, world));
  return 0;
}

/** The rule of the same family, else the first. */
function nearest(id: string): string {
  const family = id.split('-')[0] ?? '';
  return (RULES.find((rule) => rule.id.startsWith(`${family}-`)) ?? RULES[0])?.id ?? 'RDS-01';
}

function page(rule: Rule, world: World, atRunTime: RuntimeRule | undefined): string {
  const { bold, dim } = paletteFor(world);
  const severities = TIERS.map((tier) => `tier ${tier} ${rule.severity[tier]}`).join(', ');
  return [
    `${bold(rule.id)}  ${rule.title}`,
    '',
    `  why       ${rule.why}`,
    `  fix       ${rule.fix}`,
    `  kind      ${rule.kind}`,
    `  severity  ${severities}`,
    `  judges    ${rule.appliesTo.join(', ')}${rule.scope === 'app' ? ' (once for the app)' : ''}`,
    ...(rule.subsumes ? [`  shown for ${rule.subsumes.join(', ')}, with the same condition`] : []),
    ...(rule.subsumesProperty ?? []).map(
      (twin) => `  shown for ${twin.rule}, where it speaks of ${twin.property}`,
    ),
    ...movesOf(rule),
    ...parametersOf(rule),
    ...supported(rule.controls ?? []),
    ...(rule.sources ?? []).map((source) => `  see       ${source}`),
    ...(atRunTime ? watchersOf(atRunTime) : []),
    '',
    dim(
      `  acknowledge in code: Validations.of(scope).acknowledge({ id: 'cdk-nines::${rule.id}', reason: '…' })`,
    ),
    '',
  ].join('\n');
}

/** Which of its fixes are no edits: names are too many to list. */
function movesOf({ replaces = [] }: Rule): readonly string[] {
  if (replaces.length === 0) return [];
  const what = replaces.length > MOST_PROPERTIES ? 'what it asks for' : replaces.join(', ');
  return [
    `  replaces  the resource, which is then new and empty: CloudFormation cannot change ${what} in place`,
  ];
}

const MOST_PROPERTIES = 6;

/** What a configuration may set, with what holds where it does not. */
function parametersOf({ parameters = {} }: Rule): readonly string[] {
  return Object.entries(parameters).map(
    ([name, { meaning, default: usual }]) => `  set       ${name} (${JSON.stringify(usual)}): ${meaning}`,
  );
}

/** What no audit of a template can decide is explained all the same: somebody has to watch it. */
function runtimePage(rule: RuntimeRule, world: World): string {
  const { id, title, kind, why } = rule;
  const { bold, dim } = paletteFor(world);
  return [
    `${bold(id)}  ${title}`,
    '',
    `  why       ${why}`,
    `  kind      ${kind}`,
    '  judges    nothing: only a running account shows it',
    ...supported(RUNTIME_CONTROLS[id] ?? []),
    ...watchersOf(rule),
    '',
    dim('  no finding has this id, so there is nothing to acknowledge'),
    '',
  ].join('\n');
}

function supported(controls: readonly Control[]): readonly string[] {
  return controlLines(controls).map((line, index) => `  ${index === 0 ? 'supports' : '        '}  ${line}`);
}

function watchersOf({ configRules = [], watch }: RuntimeRule): readonly string[] {
  return [
    ...configRules.map((rule) => `  watch by  the rule ${rule} of AWS Config`),
    ...(watch === undefined ? [] : ['  watch by  no rule of AWS Config', `  instead   ${watch}`]),
  ];
}
