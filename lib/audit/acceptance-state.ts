import { printable } from '../assembly/source/printable';
import type { Mistake } from '../objectives/mistakes';
import { scopeInWords } from '../objectives/risk-acceptance';
import {
  boundMistakes,
  scopeMistakes,
  separationMistakes,
  termsMistakes,
} from '../objectives/risk-acceptance-checks';
import { Tier } from '../objectives/tier';
import { SIGNATURES, type SignatureField, type SignatureState } from '../records/filed-acceptance';
import { dayOf } from './acceptance';
import type { ExceptionOptions, FoundAcceptance, Judged } from './exceptions';
import { narrowerScope } from './narrowest';
import type { ExceptionState } from './register';

/** How a risk acceptance fares: its state, and all that is wrong with it. */
export interface AcceptanceState {
  readonly state: ExceptionState;
  readonly signature: SignatureState;
  readonly problems: readonly Mistake[];
}

/** What an acceptance is judged with. */
export interface StateContext extends ExceptionOptions {
  /** What its rules say of the resources in its scope. */
  readonly judged: readonly Judged[];
  readonly assumedTier: Tier;

  /** The ids of the rules that were run. */
  readonly ruleIds: ReadonlySet<string>;

  /** The ids of all rules that there are: an acceptance of one that was not asked for is left alone. @default - those that were run */
  readonly knownRules?: ReadonlySet<string>;
  readonly today: Date | undefined;
}

/** One thing that is wrong, and what the acceptance then is. Without a state it is in force all the same. */
interface Defect extends Mistake {
  readonly state?: ExceptionState;
}

/** The gravest first: one that is refused and has expired is refused. */
const ORDER: readonly ExceptionState[] = [
  'refused',
  'expired',
  'not yet in force',
  'unsigned',
  'unknown',
  'stale',
];

/** Judges one risk acceptance by what it covers and by the day. */
export function stateOf(found: FoundAcceptance, context: StateContext): AcceptanceState {
  const tier = tierOf(context);
  const signed = signatureDefects(found, tier, context);
  const defects: readonly Defect[] = [
    ...formDefects(found, tier),
    ...approvalDefects(found, context),
    ...dateDefects(found, context.today),
    ...signed.defects,
    ...(context.partial ? [] : needDefects(found, context)),
  ];
  const ranked = [...defects].sort((a, b) => rank(a) - rank(b));
  return {
    state: ORDER.find((state) => ranked.some((defect) => defect.state === state)) ?? 'in force',
    signature: signed.state,
    problems: ranked.map(({ problem, fix }) => ({ problem: printable(problem), fix: printable(fix) })),
  };
}

function rank({ state }: Defect): number {
  return state === undefined ? ORDER.length : ORDER.indexOf(state);
}

/** The most critical of the tiers of what it accepts; where it accepts nothing, of what it speaks of. */
function tierOf({ judged, assumedTier }: StateContext): Tier {
  const fails = judged.filter(({ verdict }) => verdict.verdict === 'fail');
  const tiers = (fails.length > 0 ? fails : judged).map(({ service }) => service.tier);
  return tiers.length > 0 ? (Math.min(...tiers) as Tier) : assumedTier;
}

function formDefects({ record }: FoundAcceptance, tier: Tier): Defect[] {
  const form = [...termsMistakes(record), ...scopeMistakes(record.scope)];
  // Days and roles can be compared only where they are some.
  const mistakes = form.length > 0 ? form : [...separationMistakes(record), ...boundMistakes(record, tier)];
  return mistakes.map((mistake) => ({ ...mistake, state: 'refused' }));
}

/** Where most is at stake, one person is not enough. */
function approvalDefects({ record }: FoundAcceptance, { judged }: StateContext): Defect[] {
  if (record.secondApprover !== undefined) return [];
  const grave = judged.find(
    ({ rule, service, verdict }) =>
      verdict.verdict === 'fail' && service.tier === Tier.MISSION_CRITICAL && isHigh(rule),
  );
  if (!grave) return [];
  return [
    {
      state: 'refused',
      problem: `it has one approver, and ${grave.rule.id} is of severity high at tier 0, which needs 2`,
      fix: 'name a secondApprover, a business role that is not author, owner or approver',
    },
  ];
}

/** Of severity high are the rules that stop a build at tier 1 too. */
function isHigh({ severity }: Judged['rule']): boolean {
  return severity[Tier.BUSINESS_CRITICAL] === 'error';
}

function dateDefects({ record: { created, expires } }: FoundAcceptance, today: Date | undefined): Defect[] {
  if (today === undefined) {
    return [
      {
        state: 'unknown',
        problem: `whether it is in force (${created} to ${expires}): no day is given`,
        fix: 'pass the day of the audit',
      },
    ];
  }
  const day = dayOf(today);
  if (expires < day) {
    return [
      {
        state: 'expired',
        problem: `it expired on ${expires}`,
        fix: 'do what the rule asks for, or have the risk accepted again with a later day',
      },
    ];
  }
  if (created <= day) return [];
  return [
    {
      state: 'not yet in force',
      problem: `it begins on ${created}, and today is ${day}`,
      fix: 'wait until it begins, or correct created',
    },
  ];
}

/** A wrong signature is never overlooked; a missing one only where none is asked for. */
function signatureDefects(
  { record }: FoundAcceptance,
  tier: Tier,
  { requireSignatures = false, checkSignature }: ExceptionOptions,
): { readonly state: SignatureState; readonly defects: readonly Defect[] } {
  const required = asksForSignatures(requireSignatures, tier);
  const fields = (Object.keys(SIGNATURES) as SignatureField[]).filter(
    (field) => record[SIGNATURES[field]] !== undefined || record[field] !== undefined,
  );
  const checks = fields.map((field) => {
    if (record[field] === undefined) return { field, state: 'unsigned', reason: 'is missing' } as const;
    return checkSignature
      ? { field, reason: 'is not good', ...checkSignature(record, field) }
      : ({ field, state: 'not checked', reason: 'was not checked: no keys of signers are given' } as const);
  });
  const order: readonly SignatureState[] = ['wrong', 'unsigned', 'not checked', 'verified'];
  const defects = checks
    .filter(({ state }) => state === 'wrong' || (required && state !== 'verified'))
    .map(({ field, state, reason }): Defect => {
      const asked = state === 'wrong' ? '' : `, and tier ${tier} asks for it`;
      return {
        state: state === 'wrong' ? 'refused' : 'unsigned',
        problem: `the signature of its ${SIGNATURES[field]} ${reason}${asked}`,
        fix: `have the ${SIGNATURES[field]} sign its canonical form (ssh-keygen -Y sign -n cdk-nines), and list their key in allowed_signers`,
      };
    });
  return {
    state: order.find((state) => checks.some((check) => check.state === state)) ?? 'unsigned',
    defects,
  };
}

/** Whether findings of a tier are accepted only with a signature. */
export function asksForSignatures(
  required: NonNullable<ExceptionOptions['requireSignatures']>,
  tier: Tier,
): boolean {
  return typeof required === 'boolean' ? required : required.includes(tier);
}

/** What is not needed is taken back: a risk that was accepted too broadly is accepted for what comes later, too. */
function needDefects({ record }: FoundAcceptance, context: StateContext): Defect[] {
  const { judged, ruleIds, knownRules = ruleIds } = context;
  const wasRun = (rule: string): boolean => ruleIds.has(rule) || !knownRules.has(rule);
  const fails = judged.filter(({ verdict }) => verdict.verdict === 'fail');
  const shown = fails.filter(({ verdict }) => verdict.subsumedBy === undefined);
  const scope = scopeInWords(record.scope);
  const idle = record.rules
    .filter(wasRun)
    .filter((rule) => !shown.some(({ verdict }) => verdict.rule === rule));
  const state = idle.length === record.rules.length ? 'stale' : undefined;
  const defects: Defect[] = idle.map((rule) => {
    const twin = fails.find(({ verdict }) => verdict.rule === rule)?.verdict.subsumedBy;
    return {
      ...(state && { state }),
      problem: `${rule} ${whyIdle(rule, judged, knownRules, twin)} (${scope})`,
      fix: twin === undefined ? `take ${rule} out of it: nothing is accepted` : `accept ${twin} instead`,
    };
  });
  if (shown.length === 0) return defects;
  const passes = judged.filter(({ verdict }) => verdict.verdict === 'pass');
  const narrower = narrowerScope(record.scope, shown, passes);
  if (!narrower) return defects;
  const broad: Defect = {
    problem: `it is broader than needed: ${scope} holds what passes, and all findings lie in ${scopeInWords(narrower)}`,
    fix: `accept the risk for ${scopeInWords(narrower)} only`,
  };
  return [...defects, broad];
}

function whyIdle(
  rule: string,
  judged: readonly Judged[],
  knownRules: ReadonlySet<string>,
  twin: string | undefined,
): string {
  if (!knownRules.has(rule)) return 'is no rule that there is';
  if (twin !== undefined) return `is shown as ${twin}, which has the same condition`;
  return judged.some(({ verdict }) => verdict.rule === rule)
    ? 'no longer fails there'
    : 'judges nothing in its scope';
}
