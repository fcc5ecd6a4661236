import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type ISecret,
  type ReplicaRegion,
  Secret,
  type SecretStringGenerator,
} from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, type SecretValue } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { homeRegionOf } from '../home-region';
import { regionalKey, twinKeyArn } from '../regional-key';
import { partitionOf, type Twins, twinsOf } from '../twin';
import { secretMistakes } from './replicated-secret-mistakes';

/** Properties of a {@link ReplicatedSecret}. */
export interface ReplicatedSecretProps extends DataProps {
  /**
   * The region whose stack makes the secret with its replicas, for as long as it lives.
   *
   * @default - the primary; needed where several regions serve
   */
  readonly homeRegion?: string;

  /**
   * What it is for.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * How its first value is made.
   *
   * @default - 32 characters at random, where `value` is not given
   */
  readonly generate?: SecretStringGenerator;

  /**
   * Its first value. Never write it into code: it would stand in the template.
   *
   * @default - one is made
   */
  readonly value?: SecretValue;

  /**
   * The function that changes it. It runs in the home region; the replicas follow. To have none needs `weakening`, but
   * not in a stage that is not production.
   *
   * @default - none: `rotatedBy` says who does
   */
  readonly rotationFunction?: IFunction;

  /**
   * How often the function changes it, 1 to 1,000 days.
   *
   * @default Duration.days(30)
   */
  readonly rotationInterval?: Duration;

  /**
   * Who changes it where no function does, and when: `the payment provider, each quarter`.
   *
   * @default - nobody: a `rotationFunction` does
   */
  readonly rotatedBy?: string;

  /**
   * The key of this region.
   *
   * @default - one of its own, with rotation
   */
  readonly encryptionKey?: IKey;

  /**
   * The keys of the other regions by region, where `encryptionKey` is given.
   *
   * @default - those that this construct makes there
   */
  readonly peerKeyArns?: Readonly<Record<string, string>>;
}

/**
 * This region's part of a secret that every region reads from a replica of its own. The home region makes the secret and
 * its replicas; elsewhere it is known by its name. Programs name it alike in all regions.
 *
 * @throws ConfigurationError when nobody rotates it, the regions are in several accounts, or the recovery points and
 * times that the data is owed cannot be kept
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class ReplicatedSecret extends Construct {
  /** The secret, or in another region its replica. Grants are for this region's. */
  readonly secret: ISecret;

  /** The name, the same in all regions. */
  readonly secretName: string;

  /** The key of this region. */
  readonly key: IKey;

  /** The region that makes it, and in which it is changed. */
  readonly homeRegion: string;

  constructor(scope: Construct, id: string, props: ReplicatedSecretProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const twins = twinsOf(this);
    this.homeRegion = homeRegionOf(twins, props.homeRegion);
    refuse(this.node.path, secretMistakes(twins, props, this.homeRegion));
    holdStore(
      this,
      choices,
      props,
      twins.others.length > 0 ? STORE_FACTS.secretReplicated : STORE_FACTS.secret,
    );
    this.chooseRotation(choices, props);
    // A name that ends in a hyphen and six characters would look like one with the suffix that AWS makes up.
    this.secretName = `${sharedName(this, 200)}/value`;
    this.key = regionalKey(this, choices, props.encryptionKey);
    this.secret =
      twins.own.region === this.homeRegion ? this.createSecret(choices, twins, props) : this.replica(twins);
  }

  private chooseRotation(choices: TierChoices, props: ReplicatedSecretProps): void {
    const { rotationFunction, rotatedBy } = props;
    choices.given({
      what: 'rotationFunction',
      owed: { ...ROTATED, value: !choices.nonProduction },
      chosen: rotationFunction !== undefined,
    });
    choices.record({
      what: 'rotation',
      value: rotationFunction ? `each ${intervalOf(props).toDays()} d` : `by ${rotatedBy}`,
      because: 'a value that leaked is worth nothing after the next change',
      source: ROTATED.source,
    });
  }

  private createSecret(choices: TierChoices, twins: Twins, props: ReplicatedSecretProps): Secret {
    const { description = `Of ${this.node.path}`, value, rotationFunction } = props;
    const secret = new Secret(this, 'Secret', {
      secretName: this.secretName,
      description,
      encryptionKey: this.key,
      ...(value ? { secretStringValue: value } : { generateSecretString: props.generate ?? {} }),
      replicaRegions: this.replicas(twins, props.peerKeyArns ?? {}),
      removalPolicy: choices.removalPolicy,
    });
    if (rotationFunction) {
      secret.addRotationSchedule('Rotation', {
        rotationLambda: rotationFunction,
        automaticallyAfter: intervalOf(props),
      });
    } else {
      const reason = `No function changes it: ${props.rotatedBy}`;
      acknowledgeNag(secret, 'SMG4', reason);
      acknowledgeControls(secret, ['SecretsManagerRotationEnabled'], reason);
    }
    return secret;
  }

  private replicas({ others }: Twins, keyArns: Readonly<Record<string, string>>): ReplicaRegion[] {
    return others.map((twin) => ({
      region: twin.region,
      encryptionKey: Key.fromKeyArn(
        this,
        `Key-${twin.region}`,
        keyArns[twin.region] ?? twinKeyArn(this, twin),
      ),
    }));
  }

  private replica({ own: { region, account } }: Twins): ISecret {
    return Secret.fromSecretAttributes(this, 'Secret', {
      secretPartialArn: `arn:${partitionOf(this, region)}:secretsmanager:${region}:${account}:secret:${this.secretName}`,
      encryptionKey: this.key,
    });
  }
}

const ROTATED: Decided<boolean> = {
  value: true,
  because: 'what people have to remember is forgotten, and a change that was never practised is an outage',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
};

function intervalOf({ rotationInterval }: ReplicatedSecretProps): Duration {
  return rotationInterval ?? Duration.days(30);
}
