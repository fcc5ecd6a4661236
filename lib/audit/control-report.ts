import * as families from './control-families';
import { distinctControls } from './control-words';
import type { Control } from './controls';
import { FRAMEWORK_NAMES, FRAMEWORKS, type FrameworkName } from './frameworks';
import { type RuleEvidence, type RuleRun, ruleEvidence, runOf } from './rule-evidence';

/**
 * What the audit says of a control. `supported`: every rule that speaks of it passes, as far as templates show.
 * `not supported`: a rule fails, accepted or not. `not assessable`: a rule does not know, or none had anything to judge.
 */
export type ControlStatus = 'supported' | 'not supported' | 'not assessable';

/** One control, and what the rules say that speak of it. */
export interface ControlEvidence {
  readonly id: string;

  /** Whether no published pack maps rules to it: we read the framework so. */
  readonly ourReading: boolean;

  readonly status: ControlStatus;

  /** Why, as half a sentence. */
  readonly because: string;

  /** Sorted: what fails first, then what is unknown, what passes, and the rest. */
  readonly rules: readonly RuleEvidence[];
}

/** The controls of one framework that rules speak of. */
export interface ControlReport {
  readonly framework: FrameworkName;
  readonly title: string;

  /** What one of its requirements is called. */
  readonly unit: string;

  /** Where the framework is published. */
  readonly source: string;

  readonly counts: Readonly<Record<ControlStatus, number>>;
  readonly controls: readonly ControlEvidence[];
}

/** What such a report is, and what it is not: every rendering says it. */
export const WHAT_IT_IS: readonly string[] = [
  'This report says which controls the infrastructure as written supports: what rules found in templates before a deploy.',
  'It is no assessment of an organisation: people, processes, contracts and what runs in accounts are not looked at, and a control needs more than its rules.',
  'Only controls that some rule speaks of are listed. "Our reading" marks those that no published pack maps to such rules: have them checked before you rely on them.',
];

/** Reports on frameworks, all of them by default, in the order asked for. */
export function controlReports(
  run: RuleRun,
  names: readonly FrameworkName[] = FRAMEWORK_NAMES,
): readonly ControlReport[] {
  const said = runOf(run).map((rule) => ({ controls: rule.controls, evidence: ruleEvidence(rule) }));
  return [...new Set(names)].map((name) => reportOf(name, said));
}

/** The rules that fail or do not know in some reports, each once, sorted. */
export function openRules(reports: readonly ControlReport[]): readonly RuleEvidence[] {
  const rules = reports.flatMap(({ controls }) => controls.flatMap((control) => control.rules));
  const open = new Map(
    rules.filter(({ places }) => places.length > 0).map((rule) => [rule.rule, rule] as const),
  );
  return [...open.values()].sort((a, b) => naturally(a.rule, b.rule));
}

interface Said {
  readonly controls: readonly Control[];
  readonly evidence: RuleEvidence;
}

function reportOf(name: FrameworkName, said: readonly Said[]): ControlReport {
  const { title, unit, source } = FRAMEWORKS[name];
  const known = [...Object.values(families), ...said.map(({ controls }) => controls)].flat();
  const own = distinctControls(known.filter(({ framework }) => framework === title));
  const controls = [...own].sort((a, b) => naturally(a.id, b.id)).map((control) => evidenceOf(control, said));
  const count = (status: ControlStatus) => controls.filter((control) => control.status === status).length;
  const counts = {
    supported: count('supported'),
    'not supported': count('not supported'),
    'not assessable': count('not assessable'),
  };
  return { framework: name, title, unit, source, counts, controls };
}

function evidenceOf({ framework, id, ourReading = false }: Control, said: readonly Said[]): ControlEvidence {
  const rules = said
    .filter(({ controls }) => controls.some((each) => each.framework === framework && each.id === id))
    .map(({ evidence }) => evidence)
    .sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || naturally(a.rule, b.rule));
  return { id, ourReading, ...statusOf(rules), rules };
}

const ORDER: readonly RuleEvidence['outcome'][] = [
  'fail',
  'unknown',
  'turned off',
  'pass',
  'at run time',
  'nothing to judge',
];

function statusOf(rules: readonly RuleEvidence[]): Pick<ControlEvidence, 'status' | 'because'> {
  const of = (outcome: RuleEvidence['outcome']) => rules.filter((rule) => rule.outcome === outcome).length;
  if (of('fail') > 0) return { status: 'not supported', because: verb(of('fail'), 'fails', 'fail') };
  if (of('unknown') > 0) {
    const because = `${verb(of('unknown'), 'does', 'do')} not know: values are decided at deploy`;
    return { status: 'not assessable', because };
  }
  if (of('turned off') > 0) {
    const because = `${verb(of('turned off'), 'is', 'are')} turned off by the configuration`;
    return { status: 'not assessable', because };
  }
  if (of('pass') > 0) return { status: 'supported', because: verb(of('pass'), 'passes', 'pass') };
  if (rules.length === 0) return { status: 'not assessable', because: 'no rule speaks of it' };
  const atRunTime = of('at run time') === rules.length;
  const because = atRunTime ? 'only a running account shows it' : 'no resource to judge';
  return { status: 'not assessable', because };
}

function verb(count: number, one: string, many: string): string {
  return count === 1 ? `1 rule ${one}` : `${count} rules ${many}`;
}

/** Numbers count as numbers: `A.5.30` comes after `A.5.9`. */
function naturally(a: string, b: string): number {
  const parts = (id: string): readonly string[] => id.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one = '', other = ''] = [left[index], right[index]];
    if (one === other) continue;
    const difference = Number(one) - Number(other);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
