import { CfnReplicationConfiguration, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  ImageReplication,
  type ImageReplicationProps,
} from '../../../../lib/constructs/data/secrets-and-images/image-replication';
import { TIERS } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';

const REPOSITORY = 'AWS::ECR::Repository';
const REPLICATION = 'AWS::ECR::ReplicationConfiguration';
const POLICY = 'AWS::ECR::RegistryPolicy';

function images(around: Around = {}, props: Partial<ImageReplicationProps> = {}) {
  return shopIn(around, (stack) => {
    new ImageReplication(stack, 'Images', { repositories: ['web'], ...props });
  });
}

const refused = (around: Around, props?: Partial<ImageReplicationProps>) =>
  refusal(() => images(around, props)).problem;

describe('an ImageReplication', () => {
  test.each(TIERS)('has the same repository in each region, scanned and immutable, at tier %i', (tier) => {
    const stacks = images({ tier });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      const repository = onlyIn(stacks[region], REPOSITORY);
      expect(repository).toMatchObject({
        Properties: {
          RepositoryName: 'shop-images/web',
          ImageTagMutability: 'IMMUTABLE',
          ImageScanningConfiguration: { ScanOnPush: true },
        },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
      const { rules } = JSON.parse(repository.Properties.LifecyclePolicy.LifecyclePolicyText);
      expect(rules).toMatchObject([
        {
          selection: { tagStatus: 'untagged', countNumber: 14, countUnit: 'days' },
          action: { type: 'expire' },
        },
      ]);
    }
  });

  test('is replicated from each region to the other, its own repositories only', () => {
    const stacks = images();
    expect(onlyIn(stacks['eu-west-1'], REPLICATION).Properties).toEqual({
      ReplicationConfiguration: {
        Rules: [
          {
            Destinations: [{ Region: 'eu-central-1', RegistryId: ACCOUNT }],
            RepositoryFilters: [{ Filter: 'shop-images/', FilterType: 'PREFIX_MATCH' }],
          },
        ],
      },
    });
    expect(
      onlyIn(stacks['eu-central-1'], REPLICATION).Properties.ReplicationConfiguration.Rules[0].Destinations,
    ).toEqual([{ Region: 'eu-west-1', RegistryId: ACCOUNT }]);
    templateOf(stacks['eu-west-1']).resourceCountIs(POLICY, 0);
  });

  test('between accounts lets the other registry replicate into its own repositories', () => {
    const stacks = images({ accounts: [ACCOUNT, OTHER_ACCOUNT] });
    const { Statement } = onlyIn(stacks['eu-central-1'], POLICY).Properties.PolicyText;
    expect(Statement).toMatchObject([
      {
        Action: 'ecr:ReplicateImage',
        Resource: `arn:aws:ecr:eu-central-1:${OTHER_ACCOUNT}:repository/shop-images/*`,
      },
    ]);
    expect(JSON.stringify(Statement)).toContain(ACCOUNT);
  });

  test('leaves the registry alone where somebody else has set it up', () => {
    const stacks = images({}, { ownsRegistry: false });
    templateOf(stacks['eu-west-1']).resourceCountIs(REPLICATION, 0);
    expect(onlyIn(stacks['eu-west-1'], REPOSITORY).Properties.Tags).toContainEqual({
      Key: 'resilience:rebuildable',
      Value: 'true',
    });
  });

  test('makes several repositories, with the rules and the key that are given', () => {
    const stacks = shopIn({}, (stack) => {
      const { repositories } = new ImageReplication(stack, 'Images', {
        repositories: ['web', 'worker'],
        encryptionKey: Key.fromKeyArn(stack, 'Own', `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`),
        untaggedExpiration: Duration.days(3),
        lifecycleRules: [
          { rulePriority: 2, tagStatus: TagStatus.TAGGED, tagPrefixList: ['pr-'], maxImageCount: 10 },
        ],
      });
      expect(Object.keys(repositories)).toEqual(['web', 'worker']);
    });
    const found = Object.values(templateOf(stacks['eu-west-1']).findResources(REPOSITORY));
    expect(found).toHaveLength(2);
    expect(found[0]?.Properties).toMatchObject({
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1` },
    });
    expect(JSON.parse(found[0]?.Properties.LifecyclePolicy.LifecyclePolicyText).rules).toHaveLength(2);
  });

  test('is emptied and deleted where it is not production', () => {
    expect(onlyIn(images({ nonProduction: true })['eu-west-1'], REPOSITORY)).toMatchObject({
      Properties: { EmptyOnDelete: true },
      DeletionPolicy: 'Delete',
    });
  });

  test('stands in one region at a tier that owes no second', () => {
    const stacks = images({ tier: 2, regions: ['eu-west-1'] });
    templateOf(stacks['eu-west-1']).resourceCountIs(REPLICATION, 0);
  });

  test('records what is kept', () => {
    const { decisions } = catalogued(images()['eu-west-1'] as Stack);
    const said = Object.fromEntries(decisions.map(({ what, value }) => [what, value]));
    expect(said).toMatchObject({
      'Images.region': 'up to 1 h of pushes are built again',
      'Images.immutableTags': 'true',
      'Images.scanOnPush': 'true',
    });
  });

  test('lets tags change for a reason', () => {
    const stacks = images({}, { immutableTags: false, weakening: WEAKENING });
    expect(onlyIn(stacks['eu-west-1'], REPOSITORY).Properties.ImageTagMutability).toBe('MUTABLE');
  });
});

describe('an ImageReplication fails when', () => {
  test('it names no repository, a strange one, or one twice', () => {
    expect(refused({}, { repositories: undefined as never })).toBe('repositories is missing');
    expect(refused({}, { repositories: [] })).toBe('repositories is empty');
    expect(refused({}, { repositories: ['Web'] })).toBe('"Web" is no name for a repository');
    expect(refused({}, { repositories: ['web', 'web'] })).toBe('the repository web is named twice');
  });

  test('untagged images are kept for a part of a day', () => {
    expect(refused({}, { untaggedExpiration: Duration.hours(12) })).toBe('untaggedExpiration is 0.5 days');
  });

  test('a rule has the priority of that for images without a tag', () => {
    const lifecycleRules = [{ rulePriority: 1, tagStatus: TagStatus.ANY, maxImageCount: 10 }];
    expect(refused({}, { lifecycleRules })).toBe(
      'a rule of lifecycleRules has priority 1, as that for images without a tag',
    );
  });

  test('another one sets up the same registry', () => {
    const act = () =>
      shopIn({}, (stack) => {
        new ImageReplication(stack, 'Images', { repositories: ['web'] });
        new ImageReplication(stack, 'More', { repositories: ['worker'] });
      });
    expect(refusal(act).problem).toBe(
      'Shop-eu-west-1/Images/Replication sets up the registry of eu-west-1 already, and an account has one in a region',
    );
  });

  test('somebody else sets it up by hand', () => {
    const act = () =>
      shopIn({}, (stack) => {
        new CfnReplicationConfiguration(stack, 'ByHand', { replicationConfiguration: { rules: [] } });
        new ImageReplication(stack, 'Images', { repositories: ['web'] });
      });
    expect(refusal(act).problem).toMatch(/ByHand sets up the registry of eu-west-1 already/);
  });

  test('the second region that is owed is missing', () => {
    expect(refused({ regions: ['eu-west-1'] })).toBe(
      'images are in one region only, but tier 1 owes a second one that starts without it',
    );
  });

  test('less may be lost than replication is behind, for data that says so', () => {
    const service = { dataClasses: [{ name: 'models' }] };
    expect(refused({ service }, { dataClass: 'models' })).toBe(
      'ECR repository with replication loses up to 1 h of models at the loss of a region, but an RPO of 5 min is owed',
    );
  });

  test.each([
    [{ immutableTags: false }, /immutableTags is false, but the tier owes true/],
    [{ scanOnPush: false }, /scanOnPush is false, but the tier owes true/],
  ])('something is weaker without a reason: %p', (props, message) => {
    expect(refused({}, props)).toMatch(message);
  });
});
