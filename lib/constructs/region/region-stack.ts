import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import type { Service } from '../../objectives/service';
import { joinStack } from './join-stack';
import type { Membership } from './membership';
import type { RegionPlace } from './region-place';
import { mustDoWithout, refuseTie } from './region-ties';

/** Properties of a {@link RegionStack}. */
export interface RegionStackProps extends StackProps {
  /** Where it stands. */
  readonly place: RegionPlace;

  /** The other regions of the service. */
  readonly peers: readonly RegionPlace[];

  /** What is built here. */
  readonly service: Service;

  /**
   * How the service comes back when a region is lost.
   *
   * @default - nobody has said
   */
  readonly approach?: RecoveryApproach;

  /**
   * What its set of regions is called in the physical names of what is built here, the same in all regions. Another
   * name makes all anew that has its name from it.
   *
   * @default - its id without its region
   */
  readonly setName?: string;

  /**
   * Whether this stage keeps the shape of production but may be torn down: no locks, and nothing is kept.
   *
   * @default false
   */
  readonly nonProduction?: boolean;

  /**
   * Whether AWS Fault Injection Service may break what is built.
   *
   * @default false
   */
  readonly faultInjection?: boolean;
}

/**
 * The part of a service that stands in one region. Its zones are the named ones. Where another region may have to stand
 * in for the lost one, it can be deployed while all other regions are down: what would tie it to them is refused.
 *
 * @throws ConfigurationError at synthesis, where it would need another region at deployment that it must do without
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export class RegionStack extends Stack {
  /** The region stack that a construct stands in. */
  static enclosing(construct: IConstruct): RegionStack | undefined {
    return construct.node.scopes.find((scope): scope is RegionStack => scope instanceof RegionStack);
  }

  /** Where it stands. */
  readonly place: RegionPlace;

  /** The other regions of the service. */
  readonly peers: readonly RegionPlace[];

  /** How the service comes back when a region is lost; `undefined` where nobody has said. */
  readonly approach: RecoveryApproach | undefined;

  private readonly setName: string | undefined;

  constructor(scope: Construct, id: string, props: RegionStackProps) {
    const {
      place,
      peers,
      service,
      approach,
      setName,
      nonProduction = false,
      faultInjection = false,
      ...stackProps
    } = props;
    super(scope, id, stackProps);
    this.place = place;
    this.peers = peers;
    this.approach = approach;
    this.setName = setName;
    joinStack(this, this.membership, { service, nonProduction, faultInjection });
  }

  /** The named zones, whatever the account has. */
  override get availabilityZones(): string[] {
    return [...this.place.availabilityZones];
  }

  /**
   * Has this stack wait for another at deployment. The CDK calls it as well, for each reference to another stack.
   *
   * @throws ConfigurationError when the other stack stands in a region that this one must do without
   */
  override addStackDependency(target: Stack, reason?: string): void {
    if (mustDoWithout(this.membership, target.region)) {
      // The CDK's reason for a reference: `Shop-eu-central-1 -> Shop-eu-west-1/Topic.Arn`.
      const needed = reason?.split(' -> ')[1] ?? target.node.path;
      refuseTie({ reader: this.node.path, needed, region: target.region, through: [] }, this.membership);
    }
    super.addStackDependency(target, reason);
  }

  private get membership(): Membership {
    const { place, peers, approach, setName } = this;
    return { place, peers, approach, setName };
  }
}
