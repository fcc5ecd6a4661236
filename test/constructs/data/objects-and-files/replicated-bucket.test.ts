import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Span } from '../../../../lib/calculus/time-span';
import {
  ReplicatedBucket,
  type ReplicatedBucketProps,
} from '../../../../lib/constructs/data/objects-and-files/replicated-bucket';
import { TIERS } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';

const IMAGES = { dataClasses: [{ name: 'images', rpo: { region: Duration.minutes(15) } }] };
const IRELAND = `shop-images-eu-west-1-${ACCOUNT}`;
const FRANKFURT = `shop-images-eu-central-1-${ACCOUNT}`;
const BOTH_WAYS = { active: true };

function buckets(around: Around = {}, props: Partial<ReplicatedBucketProps> = {}) {
  return shopIn({ service: IMAGES, ...around }, (stack) => {
    new ReplicatedBucket(stack, 'Images', { dataClass: 'images', ...props });
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
function bucketIn(stack: Stack | undefined, name: string): any {
  const [found] = Object.values(
    templateOf(stack).findResources('AWS::S3::Bucket', { Properties: { BucketName: name } }),
  );
  return found;
}

const rulesOf = (stack: Stack | undefined, name: string) =>
  bucketIn(stack, name).Properties.ReplicationConfiguration?.Rules ?? [];

const refused = (around: Around, props: Partial<ReplicatedBucketProps> = {}) =>
  refusal(() => buckets(around, props)).problem;

describe('a ReplicatedBucket', () => {
  test('can be built where only deployment knows the account', () => {
    const stack = buckets({ accounts: [] })['eu-west-1'];
    expect(templateOf(stack).toJSON().Resources).toMatchObject({
      ImagesBucket4B6DB8E1: { Properties: { ReplicationConfiguration: { Rules: [expect.anything()] } } },
    });
  });

  test.each(TIERS)('is versioned, encrypted, private and kept in every region at tier %i', (tier) => {
    const stacks = buckets({ tier });
    for (const [region, name] of [
      ['eu-west-1', IRELAND],
      ['eu-central-1', FRANKFURT],
    ] as const) {
      expect(bucketIn(stacks[region], name)).toMatchObject({
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
            ],
          },
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
          LoggingConfiguration: { LogFilePrefix: 'bucket/' },
          LifecycleConfiguration: {
            Rules: [
              {
                NoncurrentVersionExpiration: { NoncurrentDays: 35 },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
              },
            ],
          },
        },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  test('is replicated from the primary to the standby, which it names without a reference', () => {
    const stacks = buckets();
    expect(rulesOf(stacks['eu-west-1'], IRELAND)).toEqual([
      {
        Id: 'to-eu-central-1',
        Priority: 1,
        Status: 'Enabled',
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Enabled' },
        SourceSelectionCriteria: {
          ReplicaModifications: { Status: 'Enabled' },
          SseKmsEncryptedObjects: { Status: 'Enabled' },
        },
        Destination: {
          Bucket: `arn:aws:s3:::${FRANKFURT}`,
          EncryptionConfiguration: {
            ReplicaKmsKeyID: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/shop-images`,
          },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
        },
      },
    ]);
    expect(rulesOf(stacks['eu-central-1'], FRANKFURT)).toEqual([]);
  });

  test('is replicated both ways where both regions serve, or where a standby is told to', () => {
    const active = buckets(BOTH_WAYS);
    expect(rulesOf(active['eu-west-1'], IRELAND)).toHaveLength(1);
    expect(rulesOf(active['eu-central-1'], FRANKFURT)).toHaveLength(1);
    const stacks = shopIn({ service: IMAGES }, (stack) => {
      const replicateTo = ['eu-west-1', 'eu-central-1'].filter((region) => region !== stack.region);
      new ReplicatedBucket(stack, 'Images', { dataClass: 'images', replicateTo });
    });
    expect(rulesOf(stacks['eu-central-1'], FRANKFURT)).toHaveLength(1);
  });

  test('is replicated to each of several regions, in the order of priorities', () => {
    const stacks = buckets({ regions: ['eu-west-1', 'eu-central-1', 'eu-north-1'] });
    const rules = rulesOf(stacks['eu-west-1'], IRELAND);
    expect(rules.map(({ Priority }: { Priority: number }) => Priority)).toEqual([1, 2]);
  });

  test('is replicated by a role that may do nothing else', () => {
    const stacks = buckets();
    const [role] = Object.values(
      templateOf(stacks['eu-west-1']).findResources('AWS::IAM::Role', {
        Properties: { RoleName: 'shop-images-eu-west-1' },
      }),
    );
    expect(role?.Properties.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({
      Service: 's3.amazonaws.com',
    });
    const { Statement } = onlyIn(stacks['eu-west-1'], 'AWS::IAM::Policy').Properties.PolicyDocument;
    expect(Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/*`,
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shop-images' },
      },
    });
    expect(Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
      Resource: `arn:aws:s3:::${FRANKFURT}/*`,
    });
  });

  test('between accounts hands replicas over to the other, which lets only this role in', () => {
    const stacks = buckets({ accounts: [ACCOUNT, OTHER_ACCOUNT] });
    const [{ Destination }] = rulesOf(stacks['eu-west-1'], IRELAND);
    expect(Destination).toMatchObject({
      Account: OTHER_ACCOUNT,
      AccessControlTranslation: { Owner: 'Destination' },
    });
    const text = JSON.stringify(templateOf(stacks['eu-central-1']).findResources('AWS::S3::BucketPolicy'));
    expect(text).toContain(`"aws:PrincipalArn":"arn:aws:iam::${ACCOUNT}:role/shop-images-eu-west-1"`);
    expect(text).toContain('s3:ObjectOwnerOverrideToBucketOwner');
    const key = JSON.stringify(templateOf(stacks['eu-central-1']).findResources('AWS::KMS::Key'));
    expect(key).toContain('EncryptReplicasFromeuwest1');
  });

  test.each([
    [1, true],
    [2, true],
  ])('at tier %i pays for time control where 15 minutes are owed', (tier, on) => {
    const [{ Destination }] = rulesOf(buckets({ tier })['eu-west-1'], IRELAND);
    expect(Destination.ReplicationTime !== undefined).toBe(on);
  });

  test('goes without time control where hours may be lost', () => {
    const stacks = shopIn({ tier: 2 }, (stack) => {
      new ReplicatedBucket(stack, 'Images');
    });
    const [{ Destination }] = rulesOf(stacks['eu-west-1'], IRELAND);
    expect(Destination.ReplicationTime).toBeUndefined();
    const said = Object.fromEntries(
      catalogued(stacks['eu-west-1'] as Stack).decisions.map(({ what, value }) => [what, value]),
    );
    expect(said).toMatchObject({
      'Images.region': 'RPO 6 h, RTO 0 s',
      'Images.replicateTo': 'eu-central-1',
      'Images.replicationTimeControl': false,
    });
  });

  test('has names that AWS takes, however long those of its parts are', () => {
    const regions = ['ap-southeast-2', 'ap-northeast-1'];
    const stacks = shopIn({ service: IMAGES, regions }, (stack) => {
      const parent = new Construct(stack, 'AllThatIsKeptOfTheWarehouse');
      new ReplicatedBucket(parent, 'PicturesOfEveryArticle', { dataClass: 'images' });
    });
    const named = Object.values(
      templateOf(stacks['ap-southeast-2']).findResources('AWS::S3::Bucket', {
        Properties: { ReplicationConfiguration: Match.anyValue() },
      }),
    );
    const [{ Properties }] = named as [{ Properties: { BucketName: string } }];
    expect(Properties.BucketName).toMatch(/^shop-[a-z0-9-]+-ap-southeast-2-111122223333$/);
    expect(Properties.BucketName.length).toBeLessThanOrEqual(63);
    const { RoleName } = onlyIn(stacks['ap-southeast-2'], 'AWS::IAM::Role').Properties;
    expect(RoleName).toMatch(/-ap-southeast-2$/);
    expect(RoleName.length).toBeLessThanOrEqual(64);
  });

  test('stands in one region at a tier that owes no second', () => {
    const stacks = shopIn({ tier: 2, regions: ['eu-west-1'] }, (stack) => {
      new ReplicatedBucket(stack, 'Images');
    });
    expect(rulesOf(stacks['eu-west-1'], IRELAND)).toEqual([]);
  });

  test('locks versions in production, and can be torn down elsewhere', () => {
    const objectLockRetention = ObjectLockRetention.compliance(Duration.days(90));
    const kept = bucketIn(buckets({}, { objectLockRetention })['eu-west-1'], IRELAND);
    expect(kept.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 90, Mode: 'COMPLIANCE' } } },
    });
    const stacks = buckets({ nonProduction: true }, { objectLockRetention });
    const torn = bucketIn(stacks['eu-west-1'], IRELAND);
    expect(torn.DeletionPolicy).toBe('Delete');
    expect(torn.Properties.ObjectLockConfiguration?.Rule).toBeUndefined();
    templateOf(stacks['eu-west-1']).resourceCountIs('Custom::S3AutoDeleteObjects', 2);
  });

  test('locks each version as long as old ones are kept, unless somebody answers for less', () => {
    const locked = bucketIn(
      buckets({}, { noncurrentVersionExpiration: Duration.days(40) })['eu-west-1'],
      IRELAND,
    );
    expect(locked.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 40, Mode: 'GOVERNANCE' } } },
    });
    expect(refused({}, { objectLock: false })).toMatch(/objectLock is false, but the tier owes true/);
    const open = buckets({}, { objectLock: false, weakening: WEAKENING })['eu-west-1'];
    expect(bucketIn(open, IRELAND).Properties).not.toHaveProperty('ObjectLockEnabled');
    const torn = buckets({ nonProduction: true })['eu-west-1'];
    expect(bucketIn(torn, IRELAND).Properties).not.toHaveProperty('ObjectLockEnabled');
    const { objectLockRetention } = { objectLockRetention: ObjectLockRetention.governance(Duration.days(1)) };
    expect(refused({}, { objectLock: false, objectLockRetention })).toMatch(
      /but objectLock that they are not/,
    );
  });

  test('tells EventBridge of events, unless somebody answers for silence', () => {
    const told = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
    const toldOf = (around: Around, props: Partial<ReplicatedBucketProps>) =>
      bucketIn(buckets(around, props)['eu-west-1'], IRELAND).Properties.NotificationConfiguration;
    expect(toldOf({}, {})).toEqual(told);
    expect(toldOf({}, { eventBridge: false, weakening: WEAKENING })).toBeUndefined();
    expect(toldOf({ nonProduction: true }, { eventBridge: false })).toBeUndefined();
    expect(refused({}, { eventBridge: false })).toMatch(/eventBridge is false, but the tier owes true/);
  });

  test('takes keys, logs and rules that are given', () => {
    const stacks = shopIn({ service: IMAGES }, (stack) => {
      const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1`;
      new ReplicatedBucket(stack, 'Images', {
        dataClass: 'images',
        encryptionKey: Key.fromKeyArn(stack, 'Own', arn(stack.region)),
        peerKeyArns: { 'eu-central-1': arn('eu-central-1') },
        accessLogs: Bucket.fromBucketName(stack, 'Logs', 'logs'),
        replicateDeletions: false,
        lifecycleRules: [{ prefix: 'tmp/', expiration: Duration.days(7) }],
      });
    });
    templateOf(stacks['eu-west-1']).resourceCountIs('AWS::KMS::Key', 0);
    templateOf(stacks['eu-west-1']).resourceCountIs('AWS::S3::Bucket', 1);
    const [rule] = rulesOf(stacks['eu-west-1'], IRELAND);
    expect(rule).toMatchObject({
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: {
        EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1` },
      },
    });
    const { Rules } = bucketIn(stacks['eu-west-1'], IRELAND).Properties.LifecycleConfiguration;
    expect(Rules).toHaveLength(2);
  });

  test('may be deployed once without replication, for a reason', () => {
    const stacks = buckets(BOTH_WAYS, { replicateTo: [], weakening: WEAKENING });
    expect(rulesOf(stacks['eu-west-1'], IRELAND)).toEqual([]);
    const { weakenings } = catalogued(stacks['eu-west-1'] as Stack);
    expect(weakenings?.map(({ what }) => what)).toContain('Images.region.rpo');
  });
});

describe('a ReplicatedBucket fails when', () => {
  test('less may be lost than S3 promises', () => {
    const { problem, fix } = refusal(() => buckets({ service: {} }, { dataClass: undefined as never }));
    expect(problem).toBe(
      'S3 bucket with replication and time control loses up to 15 min of data at the loss of a region, but an RPO of 5 min is owed',
    );
    expect(fix).toBe(
      'keep it in DynamoDB global table with eventual consistency, or DynamoDB global table with strong consistency instead (items of up to 400 KB), ' +
        'or where so much may be lost, name in dataClass a class that the service declares with rpo: { region: Span.minutes(15) }, ' +
        'or give a weakening with reason, expires and approver',
    );
    const rpo = { region: Span.minutes(15) };
    expect(() =>
      buckets({ service: { dataClasses: [{ name: 'images', rpo }] } }, { dataClass: 'images' }),
    ).not.toThrow();
  });

  test('it is not replicated, and data would be lost with the region', () => {
    expect(refused(BOTH_WAYS, { replicateTo: [] })).toMatch(
      /S3 bucket with versions in one region loses all of images at the loss of a region/,
    );
  });

  test('it is replicated without time control where 15 minutes are owed', () => {
    expect(refused({}, { replicationTimeControl: false })).toMatch(
      /S3 bucket with replication loses up to 6 h of images/,
    );
  });

  test('it is to be replicated where the service is not', () => {
    expect(refused({}, { replicateTo: ['eu-west-1'] })).toBe(
      'replicateTo says "eu-west-1", which is no other region of the service',
    );
  });

  test('a key is given, but not those of the other regions', () => {
    const act = () =>
      shopIn({ service: IMAGES }, (stack) => {
        const encryptionKey = Key.fromKeyArn(stack, 'Own', `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`);
        new ReplicatedBucket(stack, 'Images', { dataClass: 'images', encryptionKey });
      });
    expect(refusal(act).problem).toBe('encryptionKey is given, but peerKeyArns says no key for eu-central-1');
  });

  test.each([Duration.hours(36), Duration.days(0)])(
    'old versions are not kept for whole days: %s',
    (kept) => {
      expect(refused({}, { noncurrentVersionExpiration: kept })).toMatch(/but S3 keeps for whole days/);
    },
  );

  test('old versions are kept for less than the tier owes', () => {
    expect(refused({}, { noncurrentVersionExpiration: Duration.days(7) })).toMatch(
      /noncurrentVersionExpirationDays is 7, but the tier owes 35/,
    );
  });
});
