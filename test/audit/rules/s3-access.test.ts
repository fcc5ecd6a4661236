import {
  accessIsLogged,
  bucketIsEncrypted,
  bucketIsEncryptedWithKms,
  bucketNotifies,
} from '../../../lib/audit/rules/s3-access';
import { checks, outcomeOf } from '../../support/rule-cases';

const BUCKET = 'AWS::S3::Bucket';
const PARAMETERS = { Given: { Type: 'String' } };
const one = (Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: BUCKET, Properties }, ...more },
});

const notifying = (NotificationConfiguration: object) => ({ NotificationConfiguration });

checks(bucketNotifies, {
  passes: {
    'events go to EventBridge': notifying({ EventBridgeConfiguration: { EventBridgeEnabled: true } }),
    'events go to EventBridge, in a text': notifying({
      EventBridgeConfiguration: { EventBridgeEnabled: 'true' },
    }),
    'a custom resource of the CDK sets them': one(
      {},
      {
        Notifications: {
          Type: 'Custom::S3BucketNotifications',
          Properties: { BucketName: { Ref: 'Subject' } },
        },
      },
    ),
  },
  fails: {
    'nothing is said': {},
    'EventBridge is off': notifying({ EventBridgeConfiguration: { EventBridgeEnabled: false } }),
    'the list is empty': notifying({ QueueConfigurations: [] }),
  },
  unknown: {
    'they come from a transform': { NotificationConfiguration: { 'Fn::Transform': {} } },
    'EventBridge is a parameter without a default': one(
      notifying({ EventBridgeConfiguration: { EventBridgeEnabled: { Ref: 'Given' } } }),
    ),
  },
  notApplicable: {
    'it takes logs only': one(
      {},
      {
        Logged: {
          Type: 'AWS::EC2::FlowLog',
          Properties: { LogDestination: { 'Fn::GetAtt': ['Subject', 'Arn'] } },
        },
      },
    ),
  },
});

describe('S3-09', () => {
  it('passes where events go to a queue', () => {
    const queue = notifying({ QueueConfigurations: [{ Event: 's3:*', Queue: 'arn:aws:sqs:::q' }] });
    expect(outcomeOf(bucketNotifies, one(queue))).toBe('pass');
  });
});

describe('S3-12', () => {
  it('survives attributes of a load balancer that have no name', () => {
    const nameless = {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { LoadBalancerAttributes: [{ Key: {}, Value: { Ref: 'Subject' } }] },
    };
    expect(outcomeOf(bucketIsEncryptedWithKms, one({}, { Balancer: nameless }))).toBe('fail');
  });
});

checks(accessIsLogged, {
  passes: {
    'access is logged': { LoggingConfiguration: { DestinationBucketName: 'logs' } },
    'the bucket for logs logs nothing itself': {
      Resources: {
        Logs: { Type: BUCKET },
        Data: {
          Type: BUCKET,
          Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } },
        },
      },
    },
    'access is logged in the bucket itself': { LoggingConfiguration: { LogFilePrefix: 'access/' } },
  },
  fails: {
    'nothing is said': {},
    'the configuration is empty': { LoggingConfiguration: {} },
  },
  unknown: {
    'a condition may leave it out': {
      Parameters: PARAMETERS,
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: {
        Subject: {
          Type: BUCKET,
          Properties: {
            LoggingConfiguration: {
              'Fn::If': ['Some', { DestinationBucketName: 'logs' }, { Ref: 'AWS::NoValue' }],
            },
          },
        },
      },
    },
  },
  notApplicable: 'a bucket that takes the logs of another stands beside that one, which passes',
});

const encrypted = (by: object) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: by }] },
});
const AES = encrypted({ SSEAlgorithm: 'AES256' });
const KMS = encrypted({ SSEAlgorithm: 'aws:kms' });
const OPEN = one(encrypted({ SSEAlgorithm: { Ref: 'Given' } }));

checks(bucketIsEncrypted, {
  passes: {
    'the key of S3 is chosen': AES,
    'a key of KMS is chosen': KMS,
  },
  fails: {
    'something unknown to S3 is chosen': encrypted({ SSEAlgorithm: 'none' }),
    'nothing is chosen outright': encrypted({ SSEAlgorithm: '' }),
  },
  unknown: { 'it is a parameter without a default': OPEN },
  notApplicable: 'S3 encrypts every bucket',
});

const balancer = (type: string) => ({
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Type: type,
      LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value: { Ref: 'Subject' } }],
    },
  },
});

checks(bucketIsEncryptedWithKms, {
  passes: {
    'a key of KMS is chosen': KMS,
    'the bucket for access logs is under the key of S3': {
      Resources: {
        Logs: { Type: BUCKET },
        Data: {
          Type: BUCKET,
          Properties: { ...KMS, LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } },
        },
      },
    },
    'two layers of KMS are chosen': encrypted({ SSEAlgorithm: 'aws:kms:dsse' }),
  },
  fails: {
    'nothing is said': {},
    'the key of S3 is chosen': AES,
    'a network load balancer logs to it': one(AES, balancer('network')),
  },
  unknown: { 'it is a parameter without a default': OPEN },
  notApplicable: {
    'a load balancer logs to it': one(AES, balancer('application')),
  },
});
