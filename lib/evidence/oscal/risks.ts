import type { RegisterEntry } from '../../audit/register';
import { ORIGINS } from './document';
import type { Observed } from './observations';
import { markup, properties } from './text';
import { uuidOf } from './uuid';

/** The risk that a fail is, or that may hide behind what nobody knows. */
export function riskOf(observed: Observed, register: readonly RegisterEntry[]): object {
  const { verdict, rule, risk, observation } = observed;
  const { accepted, message, fix } = verdict;
  const terms = termsOf(observed, register);
  return {
    uuid: risk,
    title: markup(`${verdict.rule}: ${rule?.title ?? verdict.rule}`),
    description: markup(message),
    statement: markup(rule?.why ?? message),
    props: properties({
      severity: verdict.severity,
      tier: String(verdict.tier),
      owner: accepted?.owner,
      approver: accepted?.by,
      ticket: accepted?.ticket,
      reason: accepted?.reason,
    }),
    status: statusOf(observed),
    origins: ORIGINS,
    ...(terms?.compensatingControl !== undefined && {
      'mitigating-factors': [
        { uuid: uuidOf('mitigation', risk), description: markup(terms.compensatingControl) },
      ],
    }),
    ...deadlineOf(accepted?.until),
    remediations: [
      {
        uuid: uuidOf('remediation', risk),
        lifecycle: 'recommendation',
        title: markup(`${verdict.rule}: what mends it`),
        description: markup(fix),
      },
    ],
    'related-observations': [{ 'observation-uuid': observation }],
  };
}

function statusOf({ verdict }: Observed): string {
  if (verdict.accepted) return 'deviation-approved';
  return verdict.verdict === 'unknown' ? 'investigating' : 'open';
}

/** An acceptance holds to the end of its last day. Days that are none have no place here. */
function deadlineOf(until: string | undefined): { readonly deadline?: string } {
  return until !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(until) ? { deadline: `${until}T23:59:59Z` } : {};
}

/** The entry of the register that answers for a fail: a verdict does not name it. */
function termsOf({ verdict }: Observed, register: readonly RegisterEntry[]): RegisterEntry | undefined {
  const { accepted } = verdict;
  if (!accepted) return undefined;
  return register.find(
    ({ rules, reason, ticket, expires }) =>
      rules.includes(verdict.rule) &&
      reason === accepted.reason &&
      ticket === accepted.ticket &&
      expires === accepted.until,
  );
}
