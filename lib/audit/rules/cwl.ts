import { all } from '../../assembly/judgement';
import { LOG_RETENTION } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const GROUP = 'AWS::Logs::LogGroup';
const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs';

export const logsAreKept: Rule = {
  id: 'CWL-01',
  title: 'Log groups say how long they keep logs, and that is long enough.',
  kind: 'compliance',
  why: 'Logs that are gone tell nobody how the outage began; logs without an end are kept against the law and at cost.',
  fix: 'set RetentionInDays',
  severity: MEDIUM,
  appliesTo: [GROUP],
  subsumes: ['CFN-06'],
  controls: LOG_RETENTION,
  parameters: {
    minimumDays: {
      meaning:
        'Days for which logs are kept at least: AWS Config and Security Hub ask for 365, others for any.',
      default: 365,
    },
  },
  sources: [`${GUIDE}/Working-with-log-groups-and-streams.html`],
  check: (group, { parameters }) =>
    all(
      group.isSet('RetentionInDays', 'a number of days'),
      group.atLeast('RetentionInDays', Number(parameters.minimumDays), { unit: 'days' }),
    ),
};

export const logsAreEncrypted: Rule = {
  id: 'CWL-02',
  title: 'Log groups are encrypted with a key of their owner.',
  kind: 'compliance',
  why: 'Access cannot be taken away from all readers at once, and nobody sees who reads.',
  fix: 'set KmsKeyId',
  severity: LOW,
  appliesTo: [GROUP],
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/encrypt-log-data-kms.html`],
  check: (group) => group.isSet('KmsKeyId', 'a KMS key'),
};
