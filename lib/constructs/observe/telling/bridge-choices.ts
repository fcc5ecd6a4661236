import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { TierChoices } from '../../governance/tier-choices';
import { makesTicket } from '../alarm-tags';
import type { AlarmResource } from './alarm-actions';
import type { IncidentAlarmOptions } from './incident-bridge-props';
import { IncidentSeverity, severityOf } from './incident-severity';

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
 * How an alarm is told where nobody says. One that makes a ticket wakes nobody: it is SEV-4 at the worst, and what it does itself is
 * its way around the bridge.
 *
 * @internal
 */
export function toldAs(
  alarm: IAlarm,
  resource: AlarmResource | undefined,
  bridge: { readonly severity: IncidentSeverity; readonly runbook: string | undefined },
  options: IncidentAlarmOptions,
) {
  const isTicket = makesTicket(alarm);
  const usual =
    isTicket && bridge.severity < IncidentSeverity.SEV_4 ? IncidentSeverity.SEV_4 : bridge.severity;
  const {
    severity = usual,
    runbook = bridge.runbook,
    ownFallback = isTicket && actsAlone(resource),
  } = options;
  return { severity, runbook, ownFallback };
}

/** Whether an alarm does anything yet when it fires. */
function actsAlone(resource: AlarmResource | undefined): boolean {
  const actions: unknown = resource?.stack.resolve(resource.alarmActions);
  return Array.isArray(actions) && actions.length > 0;
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
