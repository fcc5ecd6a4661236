import { fail } from '../../assembly/judgement';
import { alarmDefects } from '../../assembly/observe/alarm-defects';
import { alarmReaches } from '../../assembly/observe/alarm-reach';
import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

export const alarmActionsReachSomebody: Rule = {
  id: 'X-71',
  title: 'What alarms do reaches somebody.',
  kind: 'monitoring',
  why: 'An alarm that publishes to a topic nobody listens to, or may not publish to, fires and nobody learns of it.',
  fix: 'subscribe whoever is on call to the topic, and let its key be used by cloudwatch.amazonaws.com',
  severity: HIGH,
  appliesTo: ALARMS,
  controls: MONITORING,
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  ],
  check: (alarm) => {
    const defect = alarmDefects(alarm).find(({ sure, effect }) => sure && effect !== 'stranger');
    return defect
      ? fail({ found: defect.found, needed: 'an alarm that can be deployed and can fire', fix: defect.fix })
      : alarmReaches(alarm);
  },
};
