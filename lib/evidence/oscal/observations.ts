import { fingerprintsOf } from '../../audit/fingerprint';
import { isAccepted, isFinding, isUnknown } from '../../audit/report';
import type { Rule } from '../../audit/rule';
import { ownIdOf, type Verdict } from '../../audit/verdict';
import type { Evidence } from '../evidence';
import { whereOf } from '../worst-first';
import { ORIGINS } from './document';
import { line, markup, properties } from './text';
import { uuidOf } from './uuid';

/** A verdict that a document speaks of, and the ids that it has there. */
export interface Observed {
  readonly verdict: Verdict;
  readonly rule: Rule | undefined;
  readonly observation: string;
  readonly risk: string;
  readonly item: string;
  readonly subject: string;
}

/** Every fail and every unknown, accepted or not, in the order of the audit. */
export function observedIn({ result, rules }: Evidence): readonly Observed[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const told = result.verdicts.filter((each) => isFinding(each) || isUnknown(each) || isAccepted(each));
  const names = fingerprintsOf(told);
  const seen = new Map<string, number>();
  return told.map((verdict) => {
    // Apps that are judged together may have stacks of one name.
    const place = JSON.stringify([verdict.app, verdict.file, names.get(verdict)]);
    const count = seen.get(place) ?? 0;
    seen.set(place, count + 1);
    const name = count === 0 ? place : `${place}#${count}`;
    return {
      verdict,
      rule: byId.get(verdict.rule),
      observation: uuidOf('observation', name),
      risk: uuidOf('risk', name),
      item: uuidOf('item', name),
      subject: subjectOf(verdict),
    };
  });
}

function subjectOf(verdict: Verdict): string {
  const { app, file, stack, account = '', region = '' } = verdict;
  return uuidOf('resource', app, file, stack, ownIdOf(verdict), account, region);
}

/** What was seen at one place. */
export function observationOf({ verdict, rule, observation, subject }: Observed, at: Date): object {
  const { message, source, file, severity, tier, service, property: where, refused, known } = verdict;
  const evidence = source === undefined ? file : `${source.file}:${source.line}`;
  return {
    uuid: observation,
    title: markup(`${verdict.rule}: ${rule?.title ?? verdict.rule}`),
    description: markup(message),
    props: properties({
      rule: verdict.rule,
      verdict: verdict.verdict,
      severity,
      tier: String(tier),
      service,
      property: where,
      refused,
      known: known === true ? 'the baseline has it' : undefined,
    }),
    methods: ['TEST'],
    types: ['finding'],
    origins: ORIGINS,
    subjects: [{ 'subject-uuid': subject, type: 'inventory-item', title: markup(whereOf(verdict)) }],
    'relevant-evidence': [{ description: markup(evidence) }],
    collected: at.toISOString(),
  };
}

/** One observation for all places at which a rule passes. */
export function passesOf(rule: string, title: string, passes: number, at: Date): object {
  return {
    uuid: passesUuid(rule),
    title: markup(`${rule}: ${title}`),
    description: `Passes on ${passes} ${passes === 1 ? 'resource' : 'resources'}.`,
    props: properties({ rule, verdict: 'pass', passes: String(passes) }),
    methods: ['TEST'],
    types: ['control-objective'],
    origins: ORIGINS,
    collected: at.toISOString(),
  };
}

export function passesUuid(rule: string): string {
  return uuidOf('passes', rule);
}

/** The resources that observations speak of, each once. */
export function inventoryOf(observed: readonly Observed[]): readonly object[] {
  const bySubject = new Map(observed.map(({ subject, verdict }) => [subject, verdict]));
  return [...bySubject].map(([uuid, verdict]) => ({
    uuid,
    description: markup(`${verdict.type} ${whereOf(verdict)}`),
    props: properties({
      'logical-id': verdict.logicalId,
      type: verdict.type,
      stack: verdict.stack,
      template: line(verdict.file),
      account: verdict.account,
      region: verdict.region,
    }),
  }));
}
