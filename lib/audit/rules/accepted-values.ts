import { acceptedOnly } from '../../assembly/accepted-value';
import {
  type AcceptedByType,
  ALARM_VALUES,
  DNS_VALUES,
  STORE_VALUES,
  SWITCH_VALUES,
  ZONE_VALUES,
} from '../../calculus/accepted-values';
import { CHANGE_SAFETY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const FIX = 'write one of the values that the service accepts, letter by letter';

export const switchValuesAccepted: Rule = {
  id: 'ENU-01',
  title: 'Region switch plans hold only values that the service accepts.',
  kind: 'protection',
  why: 'CloudFormation lets a wrong word through, and the service refuses the plan: the way out of a region is not there.',
  fix: FIX,
  severity: MEDIUM,
  appliesTo: Object.keys(SWITCH_VALUES),
  controls: CHANGE_SAFETY,
  sources: pagesOf(SWITCH_VALUES),
  check: acceptedOnly(SWITCH_VALUES),
};

export const dnsValuesAccepted: Rule = {
  id: 'ENU-02',
  title: 'Failover records and health checks hold only values that Route 53 accepts.',
  kind: 'protection',
  why: 'Route 53 refuses the record or the check in the middle of a deploy, and what was to fail over does not.',
  fix: FIX,
  severity: MEDIUM,
  appliesTo: Object.keys(DNS_VALUES),
  controls: CHANGE_SAFETY,
  sources: pagesOf(DNS_VALUES),
  check: acceptedOnly(DNS_VALUES),
};

export const alarmValuesAccepted: Rule = {
  id: 'ENU-03',
  title: 'Alarms hold only values that CloudWatch accepts.',
  kind: 'protection',
  why: 'CloudWatch refuses the alarm in the middle of a deploy, which rolls back what it was to watch.',
  fix: FIX,
  severity: MEDIUM,
  appliesTo: Object.keys(ALARM_VALUES),
  controls: CHANGE_SAFETY,
  sources: pagesOf(ALARM_VALUES),
  check: acceptedOnly(ALARM_VALUES),
};

export const storeValuesAccepted: Rule = {
  id: 'ENU-04',
  title: 'Copies, versions and standbys of stores are set by values that the services accept.',
  kind: 'protection',
  why: 'The service refuses the store in the middle of a deploy, which rolls back: a fix that waits on it does not arrive.',
  fix: FIX,
  severity: MEDIUM,
  appliesTo: Object.keys(STORE_VALUES),
  controls: CHANGE_SAFETY,
  sources: pagesOf(STORE_VALUES),
  check: acceptedOnly(STORE_VALUES),
};

export const zoneValuesAccepted: Rule = {
  id: 'ENU-05',
  title: 'How capacity is spread over zones is set by values that the services accept.',
  kind: 'protection',
  why: 'The service refuses the change in the middle of a deploy, and capacity stays in the zone that it was to leave.',
  fix: FIX,
  severity: MEDIUM,
  appliesTo: Object.keys(ZONE_VALUES),
  controls: CHANGE_SAFETY,
  sources: pagesOf(ZONE_VALUES),
  check: acceptedOnly(ZONE_VALUES),
};

function pagesOf(accepted: AcceptedByType): readonly string[] {
  const pages = Object.values(accepted).flatMap((each) => each.map(({ source }) => source));
  return [...new Set(pages)];
}
