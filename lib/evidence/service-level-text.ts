import { onlyMails } from '../assembly/observe/alarm-listeners';
import { alarmWays } from '../assembly/observe/alarm-ways';
import type { Resource } from '../assembly/resource';
import { tagOf } from '../assembly/resource-tags';
import { printable } from '../assembly/source/printable';
import { namedIn, type ServiceLevel } from '../audit/service-levels';
import { type BurnRateCheck, burnRateChecks, detectionSeconds } from '../calculus/burn-rate-windows';
import { type CountedEvents, silence } from '../calculus/counted-events';
import { durationWords } from '../calculus/duration-words';
import { errorBudgetSeconds } from '../calculus/error-budget';
import { formatSeconds, Span } from '../calculus/time-span';
import { LONGEST_AWAY, WORKING_HOURS } from '../calculus/working-hours';
import {
  type CatalogueBurnRateAlarm,
  type CatalogueServiceLevel,
  ServiceLevelEngine,
} from '../objectives/catalogue';
import { AlertSeverity } from '../objectives/policy/operations';

/** Shares of failures for which the time to detect is told. */
const FAILING = [1, 0.1, 0.01];

/** A pair of windows with what it means. */
interface Pair extends CatalogueBurnRateAlarm {
  readonly check: BurnRateCheck;
}

/** A service-level objective for people: its budget, when which alarm fires, and who is told. */
export function* serviceLevelText({ service, stack, level }: ServiceLevel): Generator<string> {
  const { name, objective, windowSeconds, good } = level;
  const slo = Number(objective);
  const where = [`service ${service.name}`, `stack ${stack.name ?? stack.id}`, stack.region ?? 'any region'];
  yield `${printable(name)}  ${percent(slo)} of ${printable(good)}, in ${formatSeconds(windowSeconds)}\n`;
  yield `  ${where.map(printable).join(', ')}\n\n`;
  yield `  budget    ${minutes(errorBudgetSeconds(slo, Span.seconds(windowSeconds)))} of total outage in ${formatSeconds(windowSeconds)}\n`;
  yield `  counted   bad ${printable(level.bad)}\n            of  ${printable(level.total)}\n`;
  yield `  engine    ${level.engine}\n\n`;
  const pairs = pairsOf(level);
  if (pairs.length === 0) yield '  no alarm watches its budget\n';
  else yield* table(pairs, countedIn(level));
  yield* toldLines(pairs, { service, stack, level });
  yield* mailRemark(pairs, stack);
  yield* weekendRemark(pairs, level);
  yield* notes(pairs, level);
}

/** What is counted one by one; undefined where there is plenty of traffic. */
function countedIn(level: CatalogueServiceLevel): CountedEvents | undefined {
  const perHour = level.minutes ? 60 : rateOf(level);
  return perHour === undefined ? undefined : { perHour, leastBad: level.leastBad };
}

function rateOf({ eventsPerHour: perHour }: CatalogueServiceLevel): number | undefined {
  return perHour === undefined ? undefined : Number(perHour);
}

function pairsOf({ objective, windowSeconds, alarms }: CatalogueServiceLevel): readonly Pair[] {
  const windows = alarms.map((alarm) => ({
    ...alarm,
    budgetShare: Number(alarm.budgetShare),
    longWindow: Span.seconds(alarm.longWindowSeconds),
    shortWindow: Span.seconds(alarm.shortWindowSeconds),
  }));
  const checks = burnRateChecks(Number(objective), Span.seconds(windowSeconds), windows);
  return alarms.flatMap((alarm, index) => {
    const check = checks[index];
    return check ? [{ ...alarm, check }] : [];
  });
}

function* table(pairs: readonly Pair[], counted: CountedEvents | undefined): Generator<string> {
  const head = [
    'windows',
    'burn rate',
    'fires above',
    ...FAILING.map((share) => `at ${percent(share)}`),
    'budget gone',
  ];
  const rows = pairs.map(({ check, longWindowSeconds, shortWindowSeconds }) => [
    `${formatSeconds(longWindowSeconds)} + ${formatSeconds(shortWindowSeconds)}`,
    String(Number(check.burnRate.toFixed(2))),
    percent(check.threshold),
    ...FAILING.map((share) => durationWords(detectionSeconds(check, share, counted))),
    percent(check.window.budgetShare),
  ]);
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)),
  );
  for (const row of [head, ...rows])
    yield `  ${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
}

const SEVERITIES: Readonly<Record<AlertSeverity, string>> = {
  [AlertSeverity.PAGE]: 'wakes somebody',
  [AlertSeverity.PAGE_IN_HOURS]: 'wakes somebody in working hours',
  [AlertSeverity.TICKET]: 'makes a ticket',
};

function* toldLines(pairs: readonly Pair[], { stack, level }: ServiceLevel): Generator<string> {
  yield '\n  who is told\n';
  for (const pair of pairs)
    yield `    ${formatSeconds(pair.longWindowSeconds)}: ${mailsPage(pair, stack) ? 'mails' : SEVERITIES[pair.severity]} through ${listened(namedIn(stack, pair.both), pair.both)}\n`;
  yield level.silence === undefined
    ? '    nothing measured: nobody\n'
    : `    nothing measured for ${formatSeconds(silence(rateOf(level)).seconds)}: ${silenceTold(namedIn(stack, level.silence), level.silence)}\n`;
}

/** What its tag says of its urgency: a ticket goes without saying. */
function silenceTold(alarm: Resource | undefined, id: string): string {
  const severity = alarm && tagOf(alarm, 'resilience:severity');
  const urgent = [AlertSeverity.PAGE, AlertSeverity.PAGE_IN_HOURS].find((each) => each === severity);
  const told = listened(alarm, id);
  if (urgent === undefined || alarm === undefined) return told;
  return `${onlyMails(alarm) ? 'mails' : SEVERITIES[urgent]} through ${told}`;
}

/** Whether somebody should be woken, and only gets mail. */
function mailsPage({ severity, both }: Pair, stack: ServiceLevel['stack']): boolean {
  const alarm = severity === AlertSeverity.TICKET ? undefined : namedIn(stack, both);
  return alarm !== undefined && onlyMails(alarm);
}

/** Mail wakes nobody. */
function* mailRemark(pairs: readonly Pair[], stack: ServiceLevel['stack']): Generator<string> {
  const mailed = pairs.filter((pair) => mailsPage(pair, stack));
  if (mailed.length === 0) return;
  const windows = mailed.map(({ longWindowSeconds }) => formatSeconds(longWindowSeconds));
  yield `\n  ${windows.join(' and ')} ${windows.length === 1 ? 'is' : 'are'} meant to wake somebody, and mail wakes nobody: subscribe a pager, or place an IncidentBridge.\n`;
}

/** In working hours nobody looks for so long at the most. */
function* weekendRemark(pairs: readonly Pair[], level: CatalogueServiceLevel): Generator<string> {
  const has = (wanted: AlertSeverity) => pairs.some(({ severity }) => severity === wanted);
  const budget = errorBudgetSeconds(Number(level.objective), Span.seconds(level.windowSeconds));
  if (level.recoversAlone || has(AlertSeverity.PAGE) || !has(AlertSeverity.PAGE_IN_HOURS)) return;
  const fits = budget >= LONGEST_AWAY ? 'more' : 'less';
  yield `\n  Nobody is woken: of a failure on Friday evening people learn up to ${formatSeconds(LONGEST_AWAY)} later (assumed: they work ${WORKING_HOURS}),\n  and the budget of ${minutes(budget)} is ${fits} than that.\n`;
}

function listened(alarm: Resource | undefined, id: string): string {
  if (alarm === undefined) return `nobody: the template has no ${printable(id)}`;
  const ways = alarmWays(alarm);
  return ways.length === 0 ? 'nobody: the alarm has no action' : ways.map(printable).join('; ');
}

function* notes(pairs: readonly Pair[], level: CatalogueServiceLevel): Generator<string> {
  if (pairs.length === 0) return;
  yield `\n  Times are from the beginning of a steady failure after a good time, ${trafficWords(level)}; CloudWatch adds one to two minutes.\n`;
  if (
    level.engine === ServiceLevelEngine.METRIC_MATH &&
    pairs.some(({ longWindowSeconds }) => longWindowSeconds > DAY)
  )
    yield '  Windows over a day are looked at once an hour.\n';
  yield `  Fewer than ${level.leastBad} bad ${level.minutes ? 'minutes' : 'events'} in a long window tell nobody. While a faster pair fires, slower ones are silent.\n`;
}

const DAY = 86_400;

function trafficWords(level: CatalogueServiceLevel): string {
  const counted = countedIn(level);
  if (counted === undefined) return 'with even traffic';
  const each = level.minutes
    ? 'minute by minute'
    : `with ${Number(counted.perHour.toPrecision(3))} events an hour`;
  return `at the latest, ${each}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}

function minutes(seconds: number): string {
  return `${Number((seconds / 60).toPrecision(3))} min`;
}
