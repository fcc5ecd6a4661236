import { printable } from '../../assembly/source/printable';
import type { ServiceAssessment } from '../../assessment/assessment';
import { dayOf } from '../../audit/acceptance';
import { isAcceptedOn } from '../../audit/accepted-now';
import { type AcceptedRisk, openRisks } from '../../objectives/service-figures';
import type { Evidence } from '../evidence';

/** The risks of a service that are accepted today, each once. */
export interface AcceptedRisks {
  readonly risks: readonly AcceptedRisk[];

  /** How many of them were accepted as a finding that nothing finds now. */
  readonly idle: number;
}

/** What is weaker than the tier of a service owes, and what is accepted on anything of it: as of the day of the audit. */
export function acceptedRisks({ service }: ServiceAssessment, { result, at }: Evidence): AcceptedRisks {
  const name = service.declared ? service.name : undefined;
  const weaker = (service.weakenings ?? [])
    .filter(({ expires }) => expires >= dayOf(at))
    .map(({ reason, expires }) => ({ reason: printable(reason), expires }));
  const own = (result.accepted ?? []).filter((each) =>
    service.resources.some((resource) => isAcceptedOn(each, resource, name)),
  );
  const answering = openRisks([...weaker, ...own.filter(({ answers }) => answers > 0)]);
  const risks = openRisks([...answering, ...own]);
  return { risks, idle: risks.length - answering.length };
}
