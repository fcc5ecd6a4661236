import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { utcText } from '../../calculus/windows/expressed';
import { MONITORING } from '../control-families';
import { judgeExclusions } from '../listed-exclusions';
import { judgeListed, midnight, momentOf, noDay, textsOf } from '../listed-windows';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const DAY = 86_400;
const DETECTOR = 'AWS::CloudWatch::AnomalyDetector';
const AUTOSHIFT = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';
const ALARM = 'AWS::CloudWatch::Alarm';
const OBJECTIVE = 'AWS::ApplicationSignals::ServiceLevelObjective';
const RANGES = 'Configuration.ExcludedTimeRanges';
const DATES = 'PracticeRunConfiguration.BlockedDates';
const METRICS = 'Metrics';

export const listedWindowsAreToCome: Rule = {
  id: 'X-88',
  title: 'Windows that are written out as a list of times reach further than today.',
  kind: 'monitoring',
  why: 'The list is over: practice runs come in a freeze, a detector learns from maintenance, and a contract leaves out the wrong hour or none.',
  fix: 'synthesise again with a later from of the MaintenanceSchedule, and deploy',
  severity: MEDIUM,
  appliesTo: [DETECTOR, AUTOSHIFT, ALARM, OBJECTIVE],
  controls: MONITORING,
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AnomalyDetectorConfiguration.html',
    'https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html',
    'https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_ExclusionWindow.html',
  ],
  check: (resource, context) => (JUDGES[resource.type] ?? clocks)(resource, context),
};

const JUDGES: Readonly<Record<string, typeof clocks>> = {
  [DETECTOR]: ranges,
  [AUTOSHIFT]: dates,
  [ALARM]: clocks,
  [OBJECTIVE]: judgeExclusions,
};

function ranges(detector: Resource, { today, service }: RuleContext): Judgement {
  const list = detector.list(RANGES);
  if (list instanceof Unknown) return unknown(RANGES, list);
  if (list.length === 0) return notApplicable('it learns from all times');
  const [starts, ends] = [textsOf(list, 'StartTime'), textsOf(list, 'EndTime')];
  if (starts instanceof Unknown) return unknown(RANGES, starts);
  if (ends instanceof Unknown) return unknown(RANGES, ends);
  if (today === undefined) return noDay(RANGES);
  const begun = starts.map(momentOf);
  const end = Math.max(...ends.map(momentOf));
  const from = Math.min(...begun);
  if (!Number.isFinite(end + from)) return unknown(RANGES, 'a time in the list is none');
  const listed = {
    property: RANGES,
    from,
    end,
    has: ({ start }: { readonly start: number }) => begun.includes(start),
  };
  return judgeListed(detector, listed, service.name, midnight(today));
}

function dates(autoshift: Resource, { today, service }: RuleContext): Judgement {
  const list = autoshift.list(DATES);
  if (list instanceof Unknown) return unknown(DATES, list);
  if (list.length === 0) return notApplicable('no day is blocked');
  const days = textsOf(list);
  if (days instanceof Unknown) return unknown(DATES, days);
  if (today === undefined) return noDay(DATES);
  const moments = days.map(momentOf);
  const [from, end] = [Math.min(...moments), Math.max(...moments) + DAY];
  if (!Number.isFinite(end)) return unknown(DATES, 'a day in the list is none');
  const has = ({ start }: { readonly start: number }) => days.includes(utcText(start).slice(0, 10));
  return judgeListed(autoshift, { property: DATES, from, end, has }, service.name, midnight(today));
}

/** What the clocks of a zone show: the seconds by which they are moved, between moments that are written out. */
const CLOCK = /^EPOCH\(\w+\) \+ -?\d+ \+ -?\d+ \* \((.*)\)$/;

/** The mask of a contract, which knows the clocks of its zone until the last change that it lists. */
function clocks(alarm: Resource, { today }: RuleContext): Judgement {
  const list = alarm.list(METRICS);
  if (list instanceof Unknown) return unknown(METRICS, list);
  const texts = list.map((_, index) => alarm.get(`${METRICS}.${index}.Expression`));
  const changes = texts.flatMap((text) => {
    const [, listed = ''] = (typeof text === 'string' && CLOCK.exec(text)) || [];
    return [...listed.matchAll(/\d{9,}/g)].map(Number);
  });
  if (changes.length === 0) return notApplicable('it asks no clock of a time zone');
  if (today === undefined) return noDay(METRICS);
  const end = Math.max(...changes);
  const last = utcText(end).slice(0, 10);
  return end > midnight(today)
    ? pass({ property: METRICS, found: `changes of the clocks until ${last}` })
    : fail({
        property: METRICS,
        found: `changes of the clocks until ${last}`,
        needed: 'those that are to come',
      });
}
