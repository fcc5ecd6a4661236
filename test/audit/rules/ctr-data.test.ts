import { objectsAreTracked, trailBucketIsGuarded } from '../../../lib/audit/rules/ctr-data';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const trail = (properties: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::CloudTrail::Trail',
  Properties: properties,
});
const app = (properties: Readonly<Record<string, unknown>>, more: object = {}) => ({
  ...OPEN,
  Resources: { Subject: trail(properties), ...more },
});
const classic = (type: unknown, ...values: readonly unknown[]) => ({
  EventSelectors: [{ DataResources: [{ Type: type, Values: values }] }],
});
const OBJECT = 'AWS::S3::Object';
const fields = (...more: readonly object[]) => ({
  AdvancedEventSelectors: [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: [OBJECT] },
        ...more,
      ],
    },
  ],
});

checks(objectsAreTracked, {
  passes: {
    'a selector names all buckets': app(classic(OBJECT, 'arn:aws:s3')),
    'it names them in any partition': app(classic(OBJECT, { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::' })),
    'an advanced selector names no bucket': app(fields()),
    'an advanced selector names all buckets': app(
      fields({ Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::'] }),
    ),
    'another trail does': app({}, { Other: trail(classic(OBJECT, 'arn:aws:s3')) }),
  },
  fails: {
    'nothing is selected': app({}),
    'one bucket is selected': app(classic(OBJECT, 'arn:aws:s3:::mine/')),
    'another type is selected': app(classic('AWS::DynamoDB::Table', 'arn:aws:dynamodb')),
    'one bucket is selected by its field': app(
      fields({ Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::mine/'] }),
    ),
    'some events are left out': app(fields({ Field: 'eventName', NotEquals: ['GetObject'] })),
    'functions are selected': app({
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::Lambda::Function'] },
          ],
        },
      ],
    }),
  },
  unknown: {
    'a parameter names the selectors': app({ EventSelectors: { Ref: 'Open' } }),
    'a parameter names a selector': app({ EventSelectors: [{ Ref: 'Open' }] }),
    'a parameter names the type': app(classic({ Ref: 'Open' }, 'arn:aws:s3')),
    'a parameter names the bucket': app(classic(OBJECT, { Ref: 'Open' })),
    'a parameter names the resources': app({ EventSelectors: [{ DataResources: { Ref: 'Open' } }] }),
    'a parameter names a resource': app({ EventSelectors: [{ DataResources: [{ Ref: 'Open' }] }] }),
    'a parameter names the values': app({
      EventSelectors: [{ DataResources: [{ Type: OBJECT, Values: { Ref: 'Open' } }] }],
    }),
    'a parameter names the fields': app({ AdvancedEventSelectors: [{ FieldSelectors: { Ref: 'Open' } }] }),
  },
  notApplicable: { 'there is no trail': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});

const bucket = (properties: Readonly<Record<string, unknown>>) => ({
  ...OPEN,
  Resources: {
    Trail: trail({ S3BucketName: { Ref: 'Subject' } }),
    Subject: { Type: 'AWS::S3::Bucket', Properties: properties },
  },
});
const LOGGING = { LoggingConfiguration: { DestinationBucketName: 'logs' } };

checks(trailBucketIsGuarded, {
  passes: {
    'the bucket logs and is locked': bucket({ ...LOGGING, ObjectLockEnabled: true }),
    'it logs under a prefix': bucket({
      LoggingConfiguration: { LogFilePrefix: 'trail/' },
      ObjectLockEnabled: 'true',
    }),
  },
  fails: {
    'it does not log': bucket({ ObjectLockEnabled: true }),
    'it keeps nothing': bucket(LOGGING),
    'it keeps no versions': bucket({ ...LOGGING, VersioningConfiguration: { Status: 'Suspended' } }),
  },
  unknown: {
    'only MFA delete could keep the versions': bucket({
      ...LOGGING,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
    'a parameter decides on the lock': bucket({ ...LOGGING, ObjectLockEnabled: { Ref: 'Open' } }),
    'the bucket is not in the app': app({ S3BucketName: 'elsewhere' }),
    'no bucket is named': app({}),
  },
  notApplicable: { 'no trail writes to the bucket': { Resources: { Subject: { Type: 'AWS::S3::Bucket' } } } },
  equivalent: {
    '*.S3BucketName': 'a trail that writes elsewhere makes it unknown',
    'Subject.LoggingConfiguration.*': 'whatever is said of logging switches it on',
  },
});
