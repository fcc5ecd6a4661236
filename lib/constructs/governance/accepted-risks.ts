import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledgedRule } from '../../objectives/risk-acceptance-checks';
import type { AcceptedRisk } from '../../objectives/service-figures';

/** A risk that is accepted on a construct, and the rules that are acknowledged there for it. */
interface Accepted {
  readonly risk: AcceptedRisk;
  readonly rules: readonly string[];
}

const ACCEPTED = new WeakMap<IConstruct, readonly Accepted[]>();

/**
 * Keeps that somebody has accepted a risk on a construct and all below it.
 *
 * @internal
 */
export function keepAccepted(construct: IConstruct, risk: AcceptedRisk, rules: readonly string[]): void {
  ACCEPTED.set(construct, [...(ACCEPTED.get(construct) ?? []), { risk, rules }]);
}

/**
 * What is accepted on a construct itself, and what is acknowledged there without anybody who answers for it.
 *
 * @internal
 */
export function acceptedOn(construct: IConstruct): readonly AcceptedRisk[] {
  // What an app or a stage is given stands in no template.
  if (!construct.node.scopes.some(Stack.isStack)) return [];
  const accepted = ACCEPTED.get(construct) ?? [];
  const known = new Set(accepted.flatMap(({ rules }) => rules));
  const acknowledged = construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, unknown>>))
    .filter(([id]) => {
      const rule = acknowledgedRule(id);
      return rule !== undefined && !known.has(rule);
    });
  return [
    ...accepted.map(({ risk }) => risk),
    ...acknowledged.map(([, reason]) => ({ reason: String(reason) })),
  ];
}
