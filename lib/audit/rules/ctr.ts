import { all, type Judgement, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { Unknown } from '../../assembly/value';
import { AUDIT_TRAIL } from '../control-families';
import { absentFromApp, MAY_STAND_ELSEWHERE } from '../elsewhere';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const TRAIL = 'AWS::CloudTrail::Trail';
const GUIDE = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide';

export const trailLogs: Rule = {
  id: 'CTR-01',
  title: 'A trail records what is done in the account.',
  kind: 'compliance',
  why: 'After an outage nobody can say who changed what, and an attack leaves no trace.',
  fix: 'set IsLogging to true, or let the organisation have a trail',
  severity: HIGH,
  appliesTo: [TRAIL, STACK_TYPE],
  controls: AUDIT_TRAIL,
  parameters: MAY_STAND_ELSEWHERE,
  sources: [`${GUIDE}/cloudtrail-create-and-update-a-trail.html`],
  check: (trail, context) => {
    if (trail.type === STACK_TYPE) return absentFromApp('trail', context);
    return all(trail.is('IsLogging', true), existing(trail));
  },
};

export const trailCoversAllRegions: Rule = {
  id: 'CTR-02',
  title: 'Trails record all regions.',
  kind: 'compliance',
  why: 'What is done in a region where nobody looks, such as the second one, is not recorded.',
  fix: 'set IsMultiRegionTrail to true',
  severity: HIGH,
  appliesTo: [TRAIL],
  controls: AUDIT_TRAIL,
  sources: [`${GUIDE}/receive-cloudtrail-log-files-from-multiple-regions.html`],
  check: (trail) => trail.is('IsMultiRegionTrail', true),
};

export const trailIsValidated: Rule = {
  id: 'CTR-03',
  title: 'Changes to the files of a trail are noticed.',
  kind: 'compliance',
  why: 'Whoever deletes backups deletes the traces too; without digests nobody can tell.',
  fix: 'set EnableLogFileValidation to true',
  severity: HIGH,
  appliesTo: [TRAIL],
  controls: AUDIT_TRAIL,
  sources: [`${GUIDE}/cloudtrail-log-file-validation-intro.html`],
  check: (trail) => trail.is('EnableLogFileValidation', true),
};

export const trailGoesToLogs: Rule = {
  id: 'CTR-04',
  title: 'Trails write to CloudWatch Logs, where alarms can watch them.',
  kind: 'compliance',
  why: 'Files in a bucket are read after the fact; nobody is told while it happens.',
  fix: 'set CloudWatchLogsLogGroupArn and CloudWatchLogsRoleArn',
  severity: LOW,
  appliesTo: [TRAIL],
  controls: AUDIT_TRAIL,
  sources: [`${GUIDE}/send-cloudtrail-events-to-cloudwatch-logs.html`],
  check: (trail) => trail.isSet('CloudWatchLogsLogGroupArn', 'a log group'),
};

export const trailIsEncrypted: Rule = {
  id: 'CTR-05',
  title: 'Trails are encrypted with a key of their owner.',
  kind: 'compliance',
  why: 'Without a key of its own, everybody who may read the bucket reads the trail.',
  fix: 'set KMSKeyId',
  severity: MEDIUM,
  appliesTo: [TRAIL],
  controls: AUDIT_TRAIL,
  sources: [`${GUIDE}/encrypting-cloudtrail-log-files-with-aws-kms.html`],
  check: (trail) => trail.isSet('KMSKeyId', 'a KMS key'),
};

function existing({ presence }: Resource): Judgement {
  return presence instanceof Unknown ? unknown(undefined, presence) : pass();
}
