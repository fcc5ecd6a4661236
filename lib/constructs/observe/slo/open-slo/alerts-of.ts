import { Span } from '../../../../calculus/time-span';
import { OPEN_SLO_ANNOTATIONS, OPEN_SLO_AT_ONCE, openSloSeconds } from '../../../../objectives/open-slo';
import { AlertSeverity, type BurnRateAlert } from '../../../../objectives/policy/operations';
import type { DocumentPart } from './document-part';
import { FIELDS } from './fields';
import { OpenSloApproximation } from './open-slo-options';

/**
 * Documents by kind and name.
 *
 * @internal
 */
export type Documents = (kind: string, name: unknown) => DocumentPart | undefined;

/**
 * How alert policies are read.
 *
 * @internal
 */
export interface Alerting {
  readonly find: Documents;
  readonly accept: readonly OpenSloApproximation[];

  /** What other severities mean. */
  readonly severities: Readonly<Record<string, AlertSeverity>>;
}

/**
 * The alerts of an objective, the fastest first: each policy has one condition on its long window, of which an annotation names that
 * on the short one. Without it the short window is a twelfth of the long one.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 * @internal
 */
export function alertsOf(
  slo: DocumentPart,
  sloWindow: number,
  alerting: Alerting,
): readonly BurnRateAlert[] | undefined {
  const policies = slo.at('spec').at('alertPolicies');
  if (!policies.isSet) return undefined;
  const alerts = policies.list().flatMap((entry) => {
    const policy = referred(entry, 'alertPolicyRef', 'AlertPolicy', alerting.find);
    return policy ? (alertOf(policy, sloWindow, alerting) ?? []) : [];
  });
  return alerts.sort((one, other) => one.longWindow.toSeconds() - other.longWindow.toSeconds());
}

/**
 * Whether somebody wants to hear that nothing is measured; nothing where no policy says so.
 *
 * @internal
 */
export function silenceOf(slo: DocumentPart, find: Documents): boolean | undefined {
  const said = slo
    .at('spec')
    .at('alertPolicies')
    .list()
    .map((entry) => lookedUp(entry, 'alertPolicyRef', 'AlertPolicy', find))
    .map((policy) => policy?.at('spec').at('alertWhenNoData').value);
  return said.includes(true) ? true : said.includes(false) ? false : undefined;
}

/**
 * A document that stands in its place, or is named there: by a reference, or by its name alone.
 *
 * @internal
 */
export function lookedUp(
  entry: DocumentPart,
  reference: string,
  kind: string,
  find: Documents,
): DocumentPart | undefined {
  const name = typeof entry.value === 'string' ? entry.value : entry.at(reference).value;
  return name === undefined ? (entry.at('spec').isSet ? entry : undefined) : find(kind, name);
}

function referred(
  entry: DocumentPart,
  reference: string,
  kind: string,
  find: Documents,
): DocumentPart | undefined {
  return (
    lookedUp(entry, reference, kind, find) ??
    entry.note(
      `names no ${kind} of the documents`,
      `add the ${kind}, write it here, or accept ${OpenSloApproximation.ALERTS_OF_THE_TIER}`,
    )
  );
}

function alertOf(policy: DocumentPart, sloWindow: number, alerting: Alerting): BurnRateAlert | undefined {
  const spec = policy.at('spec');
  spec.hasOnly(FIELDS.policy);
  const breaching = spec.at('alertWhenBreaching');
  if (breaching.value === false)
    return breaching.note('is false: an alert that does not alert', 'leave the policy out, or write true');
  const entry = spec.at('conditions').only('conditions');
  const condition = entry && referred(entry, 'conditionRef', 'AlertCondition', alerting.find);
  if (!condition) return undefined;
  condition.at('spec').hasOnly(FIELDS.condition);
  const severity = severityOf(condition.at('spec').at('severity'), alerting.severities);
  const delay = delayOf(condition, alerting.accept);
  const long = windowOf(condition);
  const short = delay === 0 ? shortWindowOf(condition, long, alerting.find) : delay;
  const threshold = condition.at('spec').at('condition').at('threshold').number();
  if (severity === undefined || long === undefined || short === undefined || threshold === undefined)
    return undefined;
  return {
    severity,
    // Twelve digits, as the tails of binary fractions are no part of it.
    budgetShare: Number(((threshold * long) / sloWindow).toPrecision(12)),
    longWindow: Span.seconds(long),
    shortWindow: Span.seconds(short),
  };
}

/**
 * The severity of a condition.
 *
 * @internal
 */
export function severityOf(
  part: DocumentPart,
  severities: Readonly<Record<string, AlertSeverity>>,
): AlertSeverity | undefined {
  const all = Object.values(AlertSeverity);
  const named = typeof part.value === 'string' && Object.hasOwn(severities, part.value);
  return (
    (named ? severities[String(part.value)] : all.find((severity) => severity === part.value)) ??
    part.note(
      `is ${JSON.stringify(part.value)}`,
      `write one of ${all.join(', ')}, or say what it means in the option severities`,
    )
  );
}

/** The seconds for which a condition must hold, none where it tells at once. */
function delayOf(condition: DocumentPart, accept: readonly OpenSloApproximation[]): number | undefined {
  const after = condition.at('spec').at('condition').at('alertAfter');
  if (!after.isSet || /^0[a-zA-Z]?$/.test(String(after.value))) return 0;
  const seconds = openSloSeconds(after.value);
  if (seconds === undefined)
    return after.note(`is ${JSON.stringify(after.value)}, no duration`, 'write one such as 5m');
  if (after.value === OPEN_SLO_AT_ONCE) return 0;
  if (accept.includes(OpenSloApproximation.DELAY_AS_SHORT_WINDOW)) return seconds;
  return after.note(
    `is ${JSON.stringify(after.value)}: a second window tells whether it goes on, and no delay`,
    `write ${OPEN_SLO_AT_ONCE}, and name the condition on the short window in the annotation ${OPEN_SLO_ANNOTATIONS.pair}; or accept ${OpenSloApproximation.DELAY_AS_SHORT_WINDOW}`,
  );
}

/** The window of a condition, whose other fields must be what an alarm can do. */
function windowOf(condition: DocumentPart): number | undefined {
  const spec = condition.at('spec').at('condition');
  spec.hasOnly(FIELDS.burnRate);
  const [kind, op] = [spec.at('kind'), spec.at('op')];
  if (kind.isSet && kind.value !== 'burnrate')
    return kind.note(`is ${JSON.stringify(kind.value)}`, 'write burnrate');
  if (op.isSet && op.value !== 'gt' && op.value !== 'gte')
    return op.note(`is ${JSON.stringify(op.value)}: a budget burns too fast, never too slowly`, 'write gt');
  const window = spec.at('lookbackWindow');
  return (
    openSloSeconds(window.value) ??
    window.note(`is ${JSON.stringify(window.value)}, no duration`, 'write one such as 1h')
  );
}

function shortWindowOf(
  condition: DocumentPart,
  long: number | undefined,
  find: Documents,
): number | undefined {
  const pair = condition.at('metadata').at('annotations').at(OPEN_SLO_ANNOTATIONS.pair);
  if (!pair.isSet) return long === undefined ? undefined : Math.max(60, Math.round(long / 12 / 60) * 60);
  const other = find('AlertCondition', pair.value);
  return other ? windowOf(other) : pair.note('names no AlertCondition of the documents', 'add it');
}
