import { nameOf } from '../../assessment/modelling';
import type { AlarmReport, JudgedAlarmFinding } from '../../audit/alarm-report';
import { type CoverageCell, type CoverageState, coverageCount, coverageMatrix } from '../coverage-matrix';
import { el, type Html } from '../html/element';
import { badge, section, table } from '../html/table';

/** Which alarms watch what must be watched, who hears of them, and what is wrong with them; nothing without alarms and metrics. */
export function alarmsSection(reports: readonly AlarmReport[]): Html {
  const cells = coverageMatrix(reports);
  const findings = reports.flatMap((each) => each.findings).filter(({ sure }) => sure);
  if (cells.length === 0 && findings.length === 0) return undefined;
  const { told, owed } = coverageCount(cells);
  return section(
    'alarms',
    'Alarms',
    el(
      'p',
      {},
      owed === 0
        ? 'No resource of tiers 0 and 1 has metrics that an alarm must watch.'
        : `${told} of ${owed} mandatory metrics of tiers 0 and 1 have an alarm that tells somebody.`,
    ),
    table(
      'Resources, mandatory metrics, the alarms on them, and who hears of them',
      ['Resource', 'Tier', 'Metric', 'Verdict', 'Alarm', 'Tells'],
      cells.map(coverageRow),
    ),
    table(
      'What is wrong with the alarms that there are',
      ['Alarm', 'Level', 'Fault', 'Found', 'Fix'],
      findings.map(findingRow),
    ),
  );
}

const VERDICTS: Readonly<
  Record<CoverageState, readonly [kind: 'pass' | 'error' | 'unknown', words: string]>
> = {
  told: ['pass', '✓ told'],
  untold: ['error', '✗ tells nobody'],
  missing: ['error', '✗ no alarm'],
  unknown: ['unknown', '? unknown'],
};

function coverageRow({ resource, tier, metric, state, owed, alarms, reason }: CoverageCell): readonly Html[] {
  const [kind, usual] = VERDICTS[state];
  const words = state === 'untold' && reason !== undefined ? '✗ looks the wrong way' : usual;
  return [
    resource,
    String(tier),
    metric,
    owed || state === 'told' ? badge(kind, words) : `${words.slice(2)}, not owed`,
    alarms.map(({ alarm }) => alarm).join(', '),
    [...new Set(alarms.flatMap(({ tells }) => tells))].join(', '),
  ];
}

function findingRow({ alarm, severity, fault, found, fix }: JudgedAlarmFinding): readonly Html[] {
  return [nameOf(alarm), badge(severity, severity), fault, found, fix];
}
