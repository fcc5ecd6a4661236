import { printable } from '../assembly/source/printable';
import type { Agreement } from '../assessment/alarm-quality/precision';
import { nameOf } from '../assessment/modelling';
import type { AlarmReport, JudgedAlarmFinding } from '../audit/alarm-report';
import { durationWords } from '../calculus/duration-words';
import { type CoverageCell, coverageCount, coverageMatrix } from './coverage-matrix';

/** What is wrong with the alarms of some apps, for people. */
export function* alarmsText(reports: readonly AlarmReport[]): Generator<string> {
  const alarms = reports.flatMap((report) => report.alarms);
  const findings = sorted(reports);
  const atFault = new Set(findings.map(({ alarm }) => alarm));
  const cells = coverageMatrix(reports);
  const untold = untoldBeside(cells, new Set([...atFault].map((alarm) => printable(nameOf(alarm)))));
  const silent = untold === 0 ? '' : `${atFault.size === 0 ? ', but' : ', and'} ${counted(untold)} nobody`;
  yield `${alarms.length} ${alarms.length === 1 ? 'alarm' : 'alarms'}, ${atFault.size === 0 ? 'none' : atFault.size} of them at fault${silent}\n`;
  for (const finding of findings) yield* findingText(finding);
  yield* coverageText(cells);
  for (const report of reports) yield* livesText(report);
}

/** How many alarms tell nobody of a mandatory metric, beside those of which a finding stands. */
function untoldBeside(cells: readonly CoverageCell[], atFault: ReadonlySet<string>): number {
  const silent = cells
    .filter(({ state }) => state === 'untold')
    .flatMap(({ alarms }) => alarms.filter(({ tells }) => tells.length === 0));
  return new Set(silent.map(({ alarm }) => alarm).filter((alarm) => !atFault.has(alarm))).size;
}

function counted(count: number): string {
  return count === 1 ? '1 tells' : `${count} tell`;
}

function* findingText(finding: JudgedAlarmFinding): Generator<string> {
  const { alarm, fault, found, fix, sure } = finding;
  yield `  ${(sure ? finding.severity : 'unknown').padEnd(7)}  ${printable(nameOf(alarm))}  ${fault}: ${printable(found)}\n`;
  yield `           fix: ${printable(fix)}\n`;
}

const STATES = { missing: 'no alarm', untold: 'untold', unknown: 'unknown', told: 'told' } as const;

function* coverageText(cells: readonly CoverageCell[]): Generator<string> {
  if (cells.length === 0) return;
  const { told, owed } = coverageCount(cells);
  yield `coverage: ${told} of ${owed} mandatory metrics of tiers 0 and 1 have an alarm that tells somebody\n`;
  for (const cell of cells) yield cellLine(cell);
}

function cellLine({ resource, tier, metric, state, alarms, owed, reason }: CoverageCell): string {
  const nobody = state === 'unknown' ? 'not known whom' : 'nobody';
  const by = alarms.map(({ alarm, tells }) => `${alarm} -> ${tells.join(', ') || nobody}`);
  const words = [...by, ...(reason === undefined ? [] : [reason])].join('; ');
  const free = owed ? '' : ' (not owed)';
  return `  ${STATES[state].padEnd(8)}  tier ${tier}  ${resource}  ${metric}${free}${words === '' ? '' : `: ${words}`}\n`;
}

function* livesText({ graph, lives, agreement }: AlarmReport): Generator<string> {
  if (lives) {
    yield `history: of ${lives.known} alarms of ${printable(graph.name)}`;
    yield lives.strange.length === 0 ? '\n' : `; ${lives.strange.length} names are of no alarm of it\n`;
    if (lives.tooShort.alarms > 0)
      yield `  whether ${lives.tooShort.alarms} of them ever fire is not known: the history reaches back ${durationWords(lives.tooShort.reach)}, and 180 d are needed\n`;
  }
  if (agreement) yield* agreementText(agreement);
}

function* agreementText({ recall, alarms }: Agreement): Generator<string> {
  const missed = recall.missed.length === 0 ? '' : `; missed: ${recall.missed.map(printable).join(', ')}`;
  yield `recall: ${recall.found} of ${recall.incidents} incidents were found by an alarm${missed}\n`;
  if (recall.outside.length > 0)
    yield `  before or after the history, and not counted: ${recall.outside.map(printable).join(', ')}\n`;
  for (const { id, because } of recall.unknown)
    yield `  not known, and not counted: ${printable(id)}: ${printable(because)}\n`;
  for (const { alarm, fired, real, missed: silent } of alarms) {
    const precision = fired === 0 ? 'did not fire' : `${real} of ${fired} firings were real`;
    yield `  precision  ${printable(nameOf(alarm))}: ${precision}${silent.length === 0 ? '' : `; silent in ${silent.map(printable).join(', ')}`}\n`;
  }
}

const LEVELS = ['error', 'warning', 'info'];

function sorted(reports: readonly AlarmReport[]): readonly JudgedAlarmFinding[] {
  return reports
    .flatMap(({ findings }) => findings)
    .sort(
      (one, other) =>
        Number(!one.sure) - Number(!other.sure) ||
        LEVELS.indexOf(one.severity) - LEVELS.indexOf(other.severity),
    );
}

/** The same for machines; `schemas/alarms-1.schema.json` describes it. */
export function* alarmsJson(reports: readonly AlarmReport[]): Generator<string> {
  const cells = coverageMatrix(reports);
  const json = {
    schema: 'nines.alarms/1',
    alarms: reports.reduce((sum, { alarms }) => sum + alarms.length, 0),
    findings: sorted(reports).map(findingJson),
    coverage: { ...coverageCount(cells), cells },
    notCovered: reports.flatMap(({ exempt }) =>
      exempt.map(({ resource, because, sure }) => ({
        resource: printable(nameOf(resource)),
        because: printable(because),
        sure,
      })),
    ),
    histories: reports.flatMap(({ graph, lives }) =>
      lives
        ? [
            {
              app: printable(graph.name),
              known: lives.known,
              strange: lives.strange.map(printable),
              tooShort: { alarms: lives.tooShort.alarms, reachSeconds: lives.tooShort.reach },
            },
          ]
        : [],
    ),
    agreement: reports.flatMap(({ graph, agreement }) =>
      agreement
        ? [
            {
              app: printable(graph.name),
              recall: agreement.recall,
              alarms: agreement.alarms.map(({ alarm, fired, real, missed }) => ({
                alarm: printable(nameOf(alarm)),
                fired,
                real,
                precision: fired === 0 ? null : real / fired,
                missed,
              })),
            },
          ]
        : [],
    ),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function findingJson({ alarm, fault, severity, sure, found, fix, other, service }: JudgedAlarmFinding) {
  return {
    fault,
    severity,
    sure,
    alarm: printable(nameOf(alarm)),
    stack: printable(alarm.stack.id),
    logicalId: printable(alarm.logicalId),
    tier: service.tier,
    ...(service.name !== undefined && { service: printable(service.name) }),
    found: printable(found),
    fix: printable(fix),
    ...(other && { other: printable(nameOf(other)) }),
    ...(alarm.origin?.source && { source: alarm.origin.source }),
  };
}
