import { ServiceLevelEngine } from '../../../objectives/catalogue';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import type { ServiceLevelObjectiveProps } from './service-level-objective-props';

type Said = Pick<
  ServiceLevelObjectiveProps,
  'name' | 'engine' | 'severities' | 'alerts' | 'furtherWindows' | 'runbook'
>;

/**
 * Words that mean nothing: a compiler finds them, and not everybody has one.
 *
 * @internal
 */
export function saidMistakes(said: Said): Mistake[] {
  const { name, engine, severities = [], alerts, furtherWindows = [], runbook } = said;
  const ofAlerts = (each: readonly BurnRateAlert[] | undefined, where: string) =>
    (each ?? []).flatMap(({ severity }, index) => severityMistakes(severity, `${where}[${index}].severity`));
  return [
    ...blankMistakes('name', name, 'of the service and the kind of the indicator'),
    ...blankMistakes('runbook', runbook, 'of the service'),
    ...(engine === undefined ? [] : noneOf('engine', engine, ServiceLevelEngine)),
    ...severities.flatMap((severity, index) => severityMistakes(severity, `severities[${index}]`)),
    ...ofAlerts(alerts, 'alerts'),
    ...furtherWindows.flatMap((each, index) => ofAlerts(each.alerts, `furtherWindows[${index}].alerts`)),
  ];
}

function severityMistakes(severity: AlertSeverity, where: string): Mistake[] {
  return noneOf(where, severity, AlertSeverity);
}

function noneOf(where: string, found: string, allowed: Readonly<Record<string, string>>): Mistake[] {
  const values = Object.values(allowed);
  if (values.includes(found)) return [];
  return [{ problem: `${where} is ${quoted(found)}`, fix: `use one of ${values.join(', ')}` }];
}

function blankMistakes(what: string, text: string | undefined, instead: string): Mistake[] {
  if (text === undefined || String(text).trim() !== '') return [];
  return [{ problem: `${what} is empty`, fix: `write one, or leave it out for that ${instead}` }];
}
