import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, SecretValue, type Stack } from 'aws-cdk-lib/core';
import {
  ReplicatedSecret,
  type ReplicatedSecretProps,
} from '../../../../lib/constructs/data/secrets-and-images/replicated-secret';
import { Objectives } from '../../../../lib/objectives/objectives';
import { TIERS } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';

const SECRET = 'AWS::SecretsManager::Secret';
const BY_HAND = { rotatedBy: 'the payment provider, each quarter', weakening: WEAKENING };

function secrets(around: Around = {}, props: Partial<ReplicatedSecretProps> = BY_HAND) {
  return shopIn(around, (stack) => {
    new ReplicatedSecret(stack, 'PaymentKey', props);
  });
}

const refused = (around: Around, props?: Partial<ReplicatedSecretProps>) =>
  refusal(() => secrets(around, props)).problem;

const rotation = (stack: Stack) =>
  LambdaFunction.fromFunctionArn(
    stack,
    'Rotation',
    `arn:aws:lambda:${stack.region}:${ACCOUNT}:function:rotate`,
  );

/** Without a weakening, which would answer for all. */
const refusedRotated = (around: Around, props: Partial<ReplicatedSecretProps> = {}) =>
  refusal(() =>
    shopIn(around, (stack) => {
      new ReplicatedSecret(stack, 'PaymentKey', { rotationFunction: rotation(stack), ...props });
    }),
  ).problem;

describe('a ReplicatedSecret', () => {
  test.each(TIERS)('is made with its replicas in the primary region at tier %i', (tier) => {
    const stacks = secrets({ tier });
    expect(onlyIn(stacks['eu-west-1'], SECRET)).toMatchObject({
      Properties: {
        Name: 'shop-paymentkey/value',
        GenerateSecretString: {},
        ReplicaRegions: [
          {
            Region: 'eu-central-1',
            KmsKeyId: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/shop-paymentkey`,
          },
        ],
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    templateOf(stacks['eu-central-1']).resourceCountIs(SECRET, 0);
    expect(onlyIn(stacks['eu-central-1'], 'AWS::KMS::Alias').Properties.AliasName).toBe(
      'alias/shop-paymentkey',
    );
  });

  test('is read in each region from there, with the key of that region', () => {
    const stacks = shopIn({}, (stack) => {
      const { secret } = new ReplicatedSecret(stack, 'PaymentKey', BY_HAND);
      secret.grantRead(
        new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
      );
    });
    const text = JSON.stringify(templateOf(stacks['eu-central-1']).findResources('AWS::IAM::Policy'));
    expect(text).toContain(
      `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:shop-paymentkey/value-??????`,
    );
    const key = JSON.stringify(onlyIn(stacks['eu-central-1'], 'AWS::KMS::Key').Properties.KeyPolicy);
    expect(key).toContain('"kms:ViaService":"secretsmanager.eu-central-1.amazonaws.com"');
  });

  test('is rotated by a function in its home region only', () => {
    const stacks = shopIn({}, (stack) => {
      new ReplicatedSecret(stack, 'PaymentKey', { rotationFunction: rotation(stack) });
    });
    expect(onlyIn(stacks['eu-west-1'], 'AWS::SecretsManager::RotationSchedule').Properties).toMatchObject({
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
    templateOf(stacks['eu-central-1']).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test('takes its keys, its first value and its home from who uses it', () => {
    const stacks = shopIn({ active: true }, (stack) => {
      const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1`;
      new ReplicatedSecret(stack, 'PaymentKey', {
        ...BY_HAND,
        homeRegion: 'eu-central-1',
        description: 'signs requests',
        value: SecretValue.unsafePlainText('not a secret'),
        encryptionKey: Key.fromKeyArn(stack, 'Own', arn(stack.region)),
        peerKeyArns: { 'eu-west-1': arn('eu-west-1') },
      });
    });
    expect(onlyIn(stacks['eu-central-1'], SECRET).Properties).toMatchObject({
      Description: 'signs requests',
      KmsKeyId: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`,
      ReplicaRegions: [{ Region: 'eu-west-1', KmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1` }],
      SecretString: 'not a secret',
    });
  });

  test('stands in one region where the service does', () => {
    const { Properties } = onlyIn(secrets({ tier: 2, regions: ['eu-west-1'] })['eu-west-1'], SECRET);
    expect(Properties.ReplicaRegions).toBeUndefined();
  });

  test('may be torn down where it is not production', () => {
    expect(onlyIn(secrets({ nonProduction: true })['eu-west-1'], SECRET).DeletionPolicy).toBe('Delete');
  });

  test('records what is kept and who rotates it', () => {
    const { decisions } = catalogued(secrets()['eu-west-1'] as Stack);
    const said = Object.fromEntries(decisions.map(({ what, value }) => [what, value]));
    expect(said).toMatchObject({
      'PaymentKey.region': 'RPO 1 min, RTO 5 min',
      'PaymentKey.rotation': 'by the payment provider, each quarter',
    });
  });
});

describe('a ReplicatedSecret fails when', () => {
  test('nobody rotates it, or two do', () => {
    expect(refused({}, {})).toBe('nobody rotates it');
    const act = () =>
      shopIn({}, (stack) => {
        new ReplicatedSecret(stack, 'PaymentKey', { ...BY_HAND, rotationFunction: rotation(stack) });
      });
    expect(refusal(act).problem).toBe('it is rotated by a function and by somebody else');
  });

  test('a person rotates it, and nobody answers for that', () => {
    const { rotatedBy } = BY_HAND;
    expect(refused({}, { rotatedBy })).toMatch(/rotationFunction is missing/);
    expect(Object.keys(secrets({ nonProduction: true }, { rotatedBy }))).toContain('eu-west-1');
  });

  test.each([Duration.hours(12), Duration.days(1001)])('it is to be rotated each %s', (rotationInterval) => {
    expect(refused({}, { ...BY_HAND, rotationInterval })).toMatch(/rotationInterval is .* days/);
  });

  test('its first value is given and made', () => {
    const value = SecretValue.unsafePlainText('not a secret');
    expect(refused({}, { ...BY_HAND, value, generate: {} })).toBe('its first value is given and made');
  });

  test('its regions are in several accounts', () => {
    expect(refused({ accounts: [ACCOUNT, OTHER_ACCOUNT] })).toBe(
      `a secret is replicated within one account, but its regions are in ${ACCOUNT} and ${OTHER_ACCOUNT}`,
    );
  });

  test('several regions serve and none is its home, or its home is none of them', () => {
    expect(refused({ active: true })).toBe(
      'no region is the primary, so none of eu-central-1, eu-west-1 makes the secret',
    );
    expect(refused({}, { ...BY_HAND, homeRegion: 'sa-east-1' })).toBe(
      'homeRegion is sa-east-1, which is no region of the service',
    );
  });

  test('a key is given, but not those of the other regions', () => {
    const act = () =>
      shopIn({}, (stack) => {
        const encryptionKey = Key.fromKeyArn(stack, 'Own', `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`);
        new ReplicatedSecret(stack, 'PaymentKey', { ...BY_HAND, encryptionKey });
      });
    expect(refusal(act).problem).toBe('encryptionKey is given, but peerKeyArns says no key for eu-central-1');
  });

  test('it can be changed later than the region must be back', () => {
    const objectives = Objectives.forTier(0, {
      region: { rto: Duration.minutes(2), rpo: Duration.minutes(1) },
    });
    expect(refusedRotated({ tier: 0, service: { objectives } })).toBe(
      'secret with replicas is back 5 min after the loss of a region at the worst, but an RTO of 2 min is owed',
    );
  });

  test('less may be lost than replicas are behind', () => {
    const service = { dataClasses: [{ name: 'keys', rpo: { region: Duration.seconds(5) } }] };
    expect(refusedRotated({ service }, { dataClass: 'keys' })).toBe(
      'secret with replicas loses up to 1 min of keys at the loss of a region, but an RPO of 5 s is owed',
    );
  });
});
