import type { Control } from './controls';
import type { Rule } from './rule';
import { RUNTIME_CONTROLS } from './runtime-controls';
import { RUNTIME_RULES } from './runtime-rules';
import type { Verdict } from './verdict';

/** What a report on controls is made of: the rules that were run, and what they said. */
export interface RuleRun {
  readonly rules: readonly Pick<Rule, 'id' | 'title' | 'controls'>[];
  readonly verdicts: readonly Verdict[];

  /** What the configuration keeps from being judged. @default - everything is judged */
  readonly turnedOff?: readonly { readonly rule: string; readonly scope: string }[];
}

/** What one rule gives as evidence for a control. */
export interface RuleEvidence {
  readonly rule: string;
  readonly title: string;
  readonly outcome: 'fail' | 'unknown' | 'turned off' | 'pass' | 'at run time' | 'nothing to judge';

  /** How many resources pass. */
  readonly passes: number;

  /** Where it fails or does not know. */
  readonly places: readonly EvidencePlace[];

  /** Where the configuration turns it off, in words. @default - nowhere */
  readonly turnedOff?: readonly string[];
}

/** A place where a rule fails, or does not know. */
export interface EvidencePlace {
  readonly outcome: 'fail' | 'unknown';

  /** The construct, else the logical id. */
  readonly where: string;
  readonly stack: string;
  readonly file: string;
  readonly region?: string;
  readonly message: string;
  readonly fix: string;

  /** Whether somebody answers for it. The control is not supported there all the same. */
  readonly accepted: boolean;
}

/** One rule, and all that it said in a run. */
export interface SaidOfRule {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly Control[];
  readonly verdicts: readonly Verdict[];
  readonly atRunTime: boolean;
  readonly turnedOff: readonly string[];
}

/** Gathers what each rule said; what is decided at run time only says nothing. */
export function runOf({ rules, verdicts, turnedOff = [] }: RuleRun): readonly SaidOfRule[] {
  const said = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const own = said.get(verdict.rule);
    if (own) own.push(verdict);
    else said.set(verdict.rule, [verdict]);
  }
  const scopes = (id: string) => turnedOff.filter(({ rule }) => rule === id).map(({ scope }) => scope);
  const judged = new Set(rules.map(({ id }) => id));
  return [
    ...rules.map(({ id, title, controls = [] }) => ({
      id,
      title,
      controls,
      verdicts: said.get(id) ?? [],
      atRunTime: false,
      turnedOff: scopes(id),
    })),
    ...RUNTIME_RULES.filter(({ id }) => !judged.has(id)).map(({ id, title }) => ({
      id,
      title,
      controls: RUNTIME_CONTROLS[id] ?? [],
      verdicts: [],
      atRunTime: true,
      turnedOff: [],
    })),
  ];
}

/** What one rule gives as evidence: a fail outweighs what is unknown, and that what passes. */
export function ruleEvidence({ id, title, verdicts, atRunTime, turnedOff }: SaidOfRule): RuleEvidence {
  const places = verdicts.flatMap(placeOf);
  const passes = verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const outcome = () => {
    if (atRunTime) return 'at run time';
    if (places.some((place) => place.outcome === 'fail')) return 'fail';
    if (places.length > 0) return 'unknown';
    if (turnedOff.length > 0) return 'turned off';
    return passes > 0 ? 'pass' : 'nothing to judge';
  };
  return {
    rule: id,
    title,
    outcome: outcome(),
    passes,
    places: [...places].sort((a, b) => rankOf(a) - rankOf(b)),
    ...(turnedOff.length > 0 && { turnedOff }),
  };
}

/** What fails and nobody answers for comes first. */
function rankOf({ outcome, accepted }: EvidencePlace): number {
  if (outcome === 'unknown') return 2;
  return accepted ? 1 : 0;
}

function placeOf(verdict: Verdict): readonly EvidencePlace[] {
  const { verdict: outcome, constructPath, logicalId, stack, file, region, message, fix, accepted } = verdict;
  if (outcome !== 'fail' && outcome !== 'unknown') return [];
  return [
    {
      outcome,
      where: constructPath ?? logicalId,
      stack,
      file,
      ...(region !== undefined && { region }),
      message,
      fix,
      accepted: accepted !== undefined,
    },
  ];
}
