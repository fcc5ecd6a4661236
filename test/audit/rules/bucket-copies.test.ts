import { bucketCopiesServe } from '../../../lib/audit/rules/bucket-copies';
import { Tier } from '../../../lib/objectives/tier';
import { checks, outcomeOf } from '../../support/rule-cases';

const BUCKET = 'AWS::S3::Bucket';
const IN_TIME = { ReplicationTime: { Status: 'Enabled' }, Metrics: { Status: 'Enabled' } };
const COPY_ARN = { 'Fn::GetAtt': ['Copy', 'Arn'] };
const rule = (destination: object = {}, more: object = {}) => ({
  Status: 'Enabled',
  Destination: { Bucket: COPY_ARN, ...IN_TIME, ...destination },
  ...more,
});
const VERSIONS = { VersioningConfiguration: { Status: 'Enabled' } };
const expires = (days: unknown) => ({
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days }] },
});
const copied = (rules: readonly object[], source: object = {}, copy: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: {
    Subject: { Type: BUCKET, Properties: { ...source, ReplicationConfiguration: { Rules: rules } } },
    Copy: { Type: BUCKET, Properties: { ...VERSIONS, ...copy } },
  },
});
const filtered = (Status: string) =>
  rule({}, { Filter: { Prefix: 'a/' }, DeleteMarkerReplication: { Status } });
const LOCK = { ObjectLockEnabled: true };
const back = (Status: string) => ({
  ReplicationConfiguration: {
    Rules: [
      { ...filtered(Status), Destination: { Bucket: { 'Fn::GetAtt': ['Subject', 'Arn'] }, ...IN_TIME } },
    ],
  },
});
const ONLY_SOURCE = 'what the source does not ask for is not asked of the copy';

checks(bucketCopiesServe, {
  passes: {
    'copies come within 15 minutes': copied([rule()]),
    'all rules copy deletions': copied([filtered('Enabled'), filtered('Enabled')]),
    'deletions are copied both ways': copied([filtered('Enabled')], VERSIONS, back('Enabled')),
    'the copy is locked as its source': copied([rule()], LOCK, LOCK),
    'the copy lives as long': copied([rule()], expires(90), expires(90)),
  },
  fails: {
    'copies come some time': copied([rule({ ReplicationTime: undefined })]),
    'nobody sees how late copies are': copied([rule({ Metrics: { Status: 'Disabled' } })]),
    'some rules copy deletions and some do not': copied([filtered('Enabled'), filtered('Disabled')]),
    'deletions are copied one way only': copied([filtered('Enabled')], VERSIONS, back('Disabled')),
    'the copy keeps no versions': copied([rule()], {}, { VersioningConfiguration: { Status: 'Suspended' } }),
    'the copy is not locked': copied([rule()], LOCK),
    'the copy lives shorter': copied([rule()], expires(90), expires(30)),
    'only the copy expires': copied([rule()], {}, expires(30)),
  },
  unknown: {
    'the destination is not in the app': copied([rule({ Bucket: 'arn:aws:s3:::elsewhere' })]),
    'the rules come from a transform': { ReplicationConfiguration: { Rules: { 'Fn::Transform': {} } } },
    'how long the copy lives is a parameter': copied([rule()], expires(90), expires({ Ref: 'Given' })),
  },
  notApplicable: {
    'nothing is replicated': { Resources: { Subject: { Type: BUCKET } } },
    'the rule is off': copied([{ ...rule(), Status: 'Disabled' }]),
  },
  equivalent: {
    'Copy.ReplicationConfiguration.Rules.*': 'a rule that does not lead back copies something else',
    'Subject.ReplicationConfiguration.Rules.*.Destination.Bucket':
      'a bucket that is not in the app may be any',
    'Subject.ReplicationConfiguration.Rules.*.Status': 'a rule that is off copies nothing',
    'Subject.ReplicationConfiguration.Rules.*.Filter.Prefix': 'which objects are copied does not matter',
    'Subject.ObjectLockEnabled': ONLY_SOURCE,
    'Copy.LifecycleConfiguration.Rules.0.Status': 'a rule that is off ends nothing',
  },
});

describe('X-38', () => {
  it('asks for no promised time where the recovery point is longer', () => {
    const slow = copied([rule({ ReplicationTime: undefined, Metrics: undefined })]);
    expect(outcomeOf(bucketCopiesServe, slow, Tier.STANDARD)).toBe('pass');
  });
});
