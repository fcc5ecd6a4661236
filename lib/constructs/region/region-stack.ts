import { CfnElement, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { RegionRole } from '../../objectives/region-role';
import type { Service } from '../../objectives/service';
import { declareService } from '../governance/service-scope';
import { joinRegions } from './membership';
import type { RegionPlace } from './region-place';
import { stackOutputsIn } from './stack-outputs';

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

  constructor(scope: Construct, id: string, props: RegionStackProps) {
    const {
      place,
      peers,
      service,
      approach,
      nonProduction = false,
      faultInjection = false,
      ...stackProps
    } = props;
    super(scope, id, stackProps);
    this.place = place;
    this.peers = peers;
    joinRegions(this, { place, peers, approach });
    declareService(this, service, { role: place.role, nonProduction, faultInjection });
    this.node.addValidation({ validate: () => this.refuseTies() });
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
    if (this.mustDoWithout(target.region)) {
      // The CDK's reason for a reference: `Shop-eu-central-1 -> Shop-eu-west-1/Topic.Arn`.
      this.refuse(reason?.split(' -> ')[1] ?? target.node.path, target.region);
    }
    super.addStackDependency(target, reason);
  }

  /** A primary is deployed by people with time; whatever else serves must be deployable when the rest is gone. */
  private mustDoWithout(region: string | undefined): boolean {
    return this.place.role !== RegionRole.PRIMARY && this.peers.some((peer) => peer.region === region);
  }

  /** What leads to another region without passing {@link addStackDependency}. */
  private refuseTies(): string[] {
    const tied = this.dependencies.find((target) => this.mustDoWithout(target.region));
    if (tied) this.refuse(tied.node.path, tied.region);
    for (const construct of this.node.findAll()) {
      if (CfnElement.isCfnElement(construct)) this.refuseForeignOutputs(construct);
    }
    return [];
  }

  /** A reference into another account becomes `Fn::GetStackOutput`, which makes no dependency. */
  private refuseForeignOutputs(element: CfnElement): void {
    const outputs = stackOutputsIn(element.stack.resolve(element._toCloudFormation()));
    const foreign = outputs.find(({ region }) => this.mustDoWithout(region));
    if (!foreign) return;
    const { stackName, output, region } = foreign;
    this.refuse(`${output} of ${this.pathOfStack(stackName)}`, region ?? '', element.node.path);
  }

  private pathOfStack(stackName: string): string {
    const stacks = this.node.root.node.findAll().filter(Stack.isStack);
    return stacks.find((stack) => stack.stackName === stackName)?.node.path ?? stackName;
  }

  private refuse(needed: string, region: string, reader = this.node.path): never {
    throw new ConfigurationError({
      path: reader,
      problem: `it needs ${needed} in ${region}, so it cannot be deployed while ${region} is down`,
      fix: `build it in ${this.place.region} as well, or give ${needed} a fixed name and write that name here`,
    });
  }
}
