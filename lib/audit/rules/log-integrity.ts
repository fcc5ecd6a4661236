import { logsAreSafe } from '../../assembly/observe/log-integrity';
import { AUDIT_TRAIL } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const logsCannotBeChanged: Rule = {
  id: 'X-81',
  title: 'Nobody who acts where logs are written can change or shorten them.',
  kind: 'compliance',
  why: 'Who breaks in deletes the traces first: afterwards nobody can tell what happened, nor prove that nothing did.',
  fix: 'send logs to a bucket of another account, or keep their versions under an Object Lock, for as long as logs must be kept',
  severity: MEDIUM,
  appliesTo: ['AWS::S3::Bucket'],
  controls: AUDIT_TRAIL,
  parameters: {
    minimumDays: { meaning: 'The days for which logs must be kept.', default: 365 },
    otherAccount: {
      meaning: 'Whether trails and flow logs must go to another account, also where nobody can delete them.',
      default: false,
    },
  },
  sources: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html'],
  check: (bucket, { parameters }) =>
    logsAreSafe(bucket, {
      minimumDays: Number(parameters.minimumDays),
      otherAccount: parameters.otherAccount === true,
    }),
};
