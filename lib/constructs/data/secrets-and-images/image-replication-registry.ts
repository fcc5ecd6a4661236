import { CfnRegistryPolicy, CfnReplicationConfiguration } from 'aws-cdk-lib/aws-ecr';
import { AccountPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Mistake } from '../../../objectives/mistakes';
import { partitionOf, type Twins } from '../twin';

/** What is set for a registry as a whole: one registry is all that an account has in a region. @internal */
export interface RegistrySettings {
  readonly replication: CfnReplicationConfiguration | undefined;
  readonly policy: CfnRegistryPolicy | undefined;
}

const SINGLETONS = [
  CfnReplicationConfiguration.CFN_RESOURCE_TYPE_NAME,
  CfnRegistryPolicy.CFN_RESOURCE_TYPE_NAME,
];

/** The settings of the same registry that stand elsewhere in the app: the last deployed would win. @internal */
export function registryMistakes(construct: Construct): Mistake[] {
  const own = Stack.of(construct);
  const [other] = construct.node.root.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter(({ cfnResourceType, stack }) => {
      const isSamePlace = stack.region === own.region && stack.account === own.account;
      return SINGLETONS.includes(cfnResourceType) && isSamePlace;
    });
  if (!other) return [];
  return [
    {
      problem: `${other.node.path} sets up the registry of ${own.region} already, and an account has one in a region`,
      fix: 'name all repositories in one ImageReplication, or set ownsRegistry: false where the registry is set up elsewhere',
    },
  ];
}

/**
 * Has the registry send images to all other regions, and lets other accounts send theirs. Only what is pushed is sent on,
 * so two registries may send to each other.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 * @internal
 */
export function setUpRegistry(construct: Construct, twins: Twins, prefix: string): RegistrySettings {
  const { own, others } = twins;
  if (others.length === 0) return { replication: undefined, policy: undefined };
  const replication = new CfnReplicationConfiguration(construct, 'Replication', {
    replicationConfiguration: {
      rules: [
        {
          destinations: others.map(({ region, account }) => ({ region, registryId: account })),
          repositoryFilters: [{ filter: `${prefix}/`, filterType: 'PREFIX_MATCH' }],
        },
      ],
    },
  });
  const foreign = [...new Set(others.map(({ account }) => account))].filter((each) => each !== own.account);
  if (foreign.length === 0) return { replication, policy: undefined };
  const { region, account } = own;
  const policyText = new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'LetOtherRegionsReplicate',
        principals: foreign.map((each) => new AccountPrincipal(each)),
        actions: ['ecr:ReplicateImage'],
        resources: [`arn:${partitionOf(construct, region)}:ecr:${region}:${account}:repository/${prefix}/*`],
      }),
    ],
  });
  return { replication, policy: new CfnRegistryPolicy(construct, 'Policy', { policyText }) };
}
