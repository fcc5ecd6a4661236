import {
  type CfnRegistryPolicy,
  type CfnReplicationConfiguration,
  type LifecycleRule,
  Repository,
  RepositoryEncryption,
  TagMutability,
  TagStatus,
} from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, missing, quoted, refuse, repeated } from '../../../objectives/mistakes';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { TierChoices } from '../../governance/tier-choices';
import { tagRebuildable } from '../../recovery/data-class-tag';
import { sharedName } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { type Twins, twinsOf } from '../twin';
import { registryMistakes, setUpRegistry } from './image-replication-registry';

/** Properties of an {@link ImageReplication}. */
export interface ImageReplicationProps extends DataProps {
  /** The repositories by the last part of their names: `web`, so that `shop-images/web` is one. */
  readonly repositories: readonly string[];

  /**
   * Whether it sets up the registry of its account and region, of which there is one: which repositories are replicated,
   * and which accounts may replicate into it. Else somebody else has set it up for all repositories.
   *
   * @default true
   */
  readonly ownsRegistry?: boolean;

  /**
   * Whether a tag says the same image for ever.
   *
   * @default true
   */
  readonly immutableTags?: boolean;

  /**
   * Whether each image is looked through for known weaknesses when it is pushed.
   *
   * @default true
   */
  readonly scanOnPush?: boolean;

  /**
   * How long an image is kept that no tag names any more.
   *
   * @default Duration.days(14)
   */
  readonly untaggedExpiration?: Duration;

  /**
   * More rules for the life of images, with priorities from 2, the same in all regions: deletions are not replicated.
   *
   * @default - images with a tag stay
   */
  readonly lifecycleRules?: readonly LifecycleRule[];

  /**
   * The key of this region. Cannot be changed once a repository is there.
   *
   * @default - a key of ECR's own
   */
  readonly encryptionKey?: IKey;
}

/**
 * This region's part of the repositories of a service: in every region its tasks start from the registry of that region.
 * What is pushed in one region is replicated to all others, usually in less than half an hour.
 *
 * Images can be built again, so no recovery point is owed for them unless a `dataClass` says so.
 *
 * @throws ConfigurationError when another construct sets up the same registry, or the second region that is owed is missing
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class ImageReplication extends Construct {
  /** The repositories by the last part of their names. */
  readonly repositories: Readonly<Record<string, Repository>>;

  /** What all repositories are called before the slash, in every region. */
  readonly prefix: string;

  /** What the registry sends on, where this construct sets it up. */
  readonly replication: CfnReplicationConfiguration | undefined;

  /** Which other accounts may replicate into the registry, where there are any. */
  readonly registryPolicy: CfnRegistryPolicy | undefined;

  constructor(scope: Construct, id: string, props: ImageReplicationProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'repositories'));
    const choices = new TierChoices(this, props);
    const twins = twinsOf(this);
    const { ownsRegistry = true } = props;
    refuse(this.node.path, [...imageMistakes(props), ...(ownsRegistry ? registryMistakes(this) : [])]);
    this.holdImages(choices, twins, props);
    this.prefix = sharedName(this, 200);
    const registry = ownsRegistry ? setUpRegistry(this, twins, this.prefix) : undefined;
    this.replication = registry?.replication;
    this.registryPolicy = registry?.policy;
    const common = this.common(choices, props);
    this.repositories = Object.fromEntries(
      props.repositories.map((name) => [
        name,
        new Repository(this, `Repository-${name}`, { ...common, repositoryName: `${this.prefix}/${name}` }),
      ]),
    );
    // The audit asks of everything that is not replicated how it comes back: an image is built again.
    if (!this.replication) tagRebuildable(this);
  }

  private common(choices: TierChoices, props: ImageReplicationProps) {
    const { untaggedExpiration = Duration.days(14), lifecycleRules = [], encryptionKey } = props;
    const immutable = choices.on({ what: 'immutableTags', owed: IMMUTABLE, chosen: props.immutableTags });
    return {
      imageTagMutability: immutable ? TagMutability.IMMUTABLE : TagMutability.MUTABLE,
      imageScanOnPush: choices.on({ what: 'scanOnPush', owed: SCANNED, chosen: props.scanOnPush }),
      lifecycleRules: [
        {
          description: 'Images that no tag names any more go',
          rulePriority: 1,
          tagStatus: TagStatus.UNTAGGED,
          maxImageAge: untaggedExpiration,
        },
        ...lifecycleRules,
      ],
      removalPolicy: choices.removalPolicy,
      emptyOnDelete: choices.nonProduction,
      ...(encryptionKey && { encryption: RepositoryEncryption.KMS, encryptionKey }),
    };
  }

  private holdImages(choices: TierChoices, twins: Twins, props: ImageReplicationProps): void {
    const isAlone = twins.others.length === 0;
    const fact = isAlone ? STORE_FACTS.ecrRepository : STORE_FACTS.ecrRepositoryReplicated;
    if (props.dataClass !== undefined) {
      holdStore(this, choices, props, fact);
      return;
    }
    const { regionReplication } = choices.policy;
    if (isAlone && regionReplication.value !== ReplicationMode.BACKUP_COPIES) {
      refuse(this.node.path, [
        {
          problem: `images are in one region only, but tier ${choices.tier} owes a second one that starts without it`,
          fix: 'build it in the stacks of two regions',
        },
      ]);
    }
    choices.record({
      what: 'region',
      value: isAlone
        ? 'built again'
        : `up to ${formatSeconds(fact.region.rpoSeconds)} of pushes are built again`,
      because: `${fact.store}: images can be built again, so no recovery point is owed`,
      source: fact.source,
    });
  }
}

function imageMistakes({
  repositories,
  untaggedExpiration: age,
  lifecycleRules = [],
}: ImageReplicationProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (repositories.length === 0)
    mistakes.push({ problem: 'repositories is empty', fix: 'name at least one' });
  const strange = repositories.filter(
    (name) => !/^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name) || name.length > 50,
  );
  for (const name of strange) {
    mistakes.push({
      problem: `${quoted(name)} is no name for a repository`,
      fix: 'use at most 50 lower-case letters and digits, with single hyphens, dots or underscores between',
    });
  }
  for (const name of repeated(repositories)) {
    mistakes.push({ problem: `the repository ${name} is named twice`, fix: 'name it once' });
  }
  if (lifecycleRules.some(({ rulePriority }) => rulePriority !== undefined && rulePriority < 2)) {
    mistakes.push({
      problem: 'a rule of lifecycleRules has priority 1, as that for images without a tag',
      fix: 'use priorities from 2',
    });
  }
  const days = age && !age.isUnresolved() ? age.toSeconds() / 86_400 : 1;
  if (!Number.isInteger(days) || days < 1) {
    mistakes.push({ problem: `untaggedExpiration is ${days} days`, fix: 'use whole days, one at least' });
  }
  return mistakes;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

const IMMUTABLE = {
  value: true,
  because: 'what was tested is what starts in either region, also after a rollback',
  source: `${GUIDE}/image-tag-mutability.html`,
};

const SCANNED = {
  value: true,
  because: 'a known weakness is found before it runs',
  source: `${GUIDE}/image-scanning.html`,
};
