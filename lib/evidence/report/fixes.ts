import { printable } from '../../assembly/source/printable';
import type { EventShare } from '../../assessment/assessment';
import type { FaultEventKind } from '../../assessment/failure';
import { bySeverity, isFinding } from '../../audit/report';
import type { Rule } from '../../audit/rule';
import type { Verdict } from '../../audit/verdict';
import type { Evidence } from '../evidence';
import type { FindingBlock } from '../html/findings';

/** What would take an event from the list of those that stop a service alone. */
export interface Fix {
  readonly what: string;

  /** The finding that says so, to link to. @default - none: no rule says so, it is what helps in general */
  readonly finding?: { readonly rule: string; readonly anchor: string };
}

/** Finds for an event what mends it: the finding of a rule on its resource, else what helps its kind. */
export function fixesOf(
  { result, rules }: Evidence,
  blocks: readonly FindingBlock[],
): (share: EventShare) => Fix {
  const kinds = new Map(rules.map(({ id, kind }) => [id, kind]));
  const byResource = new Map<string, Verdict>();
  for (const verdict of result.verdicts.filter(isFinding).sort(bySeverity)) {
    const key = keyOf(verdict.file, verdict.madeAs ?? verdict.logicalId);
    if (helps(kinds.get(verdict.rule)) && !byResource.has(key)) byResource.set(key, verdict);
  }
  const anchors = new Map([...blocks].reverse().map(({ rule, anchor }) => [rule, anchor]));
  return ({ event }) => {
    // What is wrong with one of its resources does not mend a service of AWS.
    const [resource] = event.kind === 'awsService' ? [] : event.resources;
    const found =
      resource && byResource.get(keyOf(printable(resource.stack.source.file), printable(resource.logicalId)));
    const anchor = found && anchors.get(found.rule);
    if (!found || anchor === undefined) return { what: IN_GENERAL[event.kind] };
    return { what: found.fix, finding: { rule: found.rule, anchor } };
  };
}

function helps(kind: Rule['kind'] | undefined): boolean {
  return kind === 'redundancy' || kind === 'capacity';
}

function keyOf(file: string | undefined, logicalId: string | undefined): string {
  return JSON.stringify([file, logicalId]);
}

const IN_GENERAL: Readonly<Record<FaultEventKind, string>> = {
  resource: 'give it a copy in another zone or region, or let the service do without it for a while',
  zone: 'spread what stands in it over more zones',
  region: 'serve from a second region, with a failover that needs no control plane',
  controlPlane: 'hold what a failover needs ready beforehand, so that nothing must be created then',
  software: 'deploy in waves, zone by zone and region by region, and roll back on alarms',
  switch:
    'practise it, or need none: serve from both sides at once, and run at the least what the peak needs',
  service: 'make the need soft: a cache, a queue or a default answer for as long as it is away',
  awsService:
    'have a second region serve, or let users do without it for a while: a cache, a queue or a default answer',
  thirdParty: 'agree on more, or have a second provider or a default answer',
};
