import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { readerOf } from '../../assembly/observe/alarm-readers';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const ALARM = 'AWS::CloudWatch::Alarm';
const ACTIONS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html';

export const alarmActs: Rule = {
  id: 'CWA-01',
  title: 'Alarms tell somebody or do something when they go off.',
  kind: 'monitoring',
  why: 'The alarm goes off and nobody hears it: customers are the first to tell.',
  fix: 'set AlarmActions',
  severity: HIGH,
  appliesTo: [ALARM, 'AWS::CloudWatch::CompositeAlarm'],
  controls: MONITORING,
  parameters: {
    anyStateCounts: {
      meaning: 'Whether actions for OK or for missing data alone are enough.',
      default: false,
    },
  },
  sources: [ACTIONS],
  check: (alarm, { parameters }) => {
    const read = readBy(alarm);
    if (read) return read;
    const others = parameters.anyStateCounts === true ? ['OKActions', 'InsufficientDataActions'] : [];
    return judgeActions(alarm, ['AlarmActions', ...others]);
  },
};

export const alarmIsEnabled: Rule = {
  id: 'CWA-02',
  title: 'The actions of alarms are enabled.',
  kind: 'monitoring',
  why: 'An alarm that was silenced for an hour and forgotten is silent in the outage.',
  fix: 'leave out ActionsEnabled, or set it to true',
  severity: HIGH,
  appliesTo: [ALARM],
  controls: MONITORING,
  sources: [ACTIONS],
  check: (alarm) => readBy(alarm) ?? alarm.isNot('ActionsEnabled', false),
};

/** An alarm that another resource reads needs no action of its own. */
function readBy(alarm: Resource): Judgement | undefined {
  const reader = readerOf(alarm);
  return reader && notApplicable(`${reader.logicalId} reads its state and acts on it`);
}

function judgeActions(alarm: Resource, properties: readonly string[]): Judgement {
  const doubts: Unknown[] = [];
  for (const property of properties) {
    const actions = alarm.list(property);
    const entries = actions instanceof Unknown ? [actions] : actions;
    if (entries.some((entry) => !(entry instanceof Unknown && entry.maybeAbsent) && entry !== ''))
      return pass({ property });
    doubts.push(...entries.filter((entry) => entry instanceof Unknown));
  }
  const [doubt] = doubts;
  return doubt
    ? unknown('AlarmActions', doubt)
    : fail({ property: 'AlarmActions', found: 'no action', needed: 'an action, such as a topic' });
}
