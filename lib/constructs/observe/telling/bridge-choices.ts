import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { TierChoices } from '../../governance/tier-choices';
import { type IncidentSeverity, severityOf } from './incident-severity';

/** How severe the alarms of a bridge are. @internal */
export function chosenSeverity(choices: TierChoices, given: IncidentSeverity | undefined): IncidentSeverity {
  const severity: IncidentSeverity = given ?? severityOf(choices.tier);
  choices.record({
    what: 'severity',
    value: `SEV-${severity}`,
    because: given ? 'given' : 'the more critical the service, the worse its outage',
    source: OWN_DECISION,
  });
  return severity;
}

/**
 * That an alarm which wakes somebody has a runbook.
 *
 * @throws ConfigurationError without one and without a weakening
 * @internal
 */
export function owedRunbook(choices: TierChoices, { node }: IAlarm, runbook: string | undefined): void {
  if (runbook?.trim()) return;
  const because = 'whoever is woken must be told what to do; tickets may do without';
  choices.given({
    what: `runbook of ${node.id}`,
    owed: { value: true, because, source: OWN_DECISION },
    chosen: false,
  });
}
