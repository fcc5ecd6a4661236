import {
  type CommandStepProps,
  type EventSourceMappingStepProps,
  invokeFunction,
  type LambdaStepProps,
  runCommand,
  switchEventSourceMapping,
} from './steps/action-steps';
import { scaleAuroraProvisioned, scaleAuroraServerless } from './steps/database-scaling-steps';
import {
  auroraGlobalDatabase,
  createCrossRegionReplica,
  documentDb,
  type GlobalDatabaseStepProps,
  neptuneGlobalDatabase,
  promoteReadReplica,
  type ReadReplicaStepProps,
  type SwitchoverReplicaStepProps,
  switchoverReadReplica,
} from './steps/database-steps';
import {
  type ChildPlanStepProps,
  childPlan,
  type ManualApprovalStepProps,
  manualApproval,
  parallel,
} from './steps/gate-steps';
import {
  type AuroraProvisionedScalingStepProps,
  type AuroraServerlessScalingStepProps,
  type AutoScalingGroupStepProps,
  type EcsServiceStepProps,
  type EksStepProps,
  scaleAutoScalingGroup,
  scaleEcsService,
  scaleEksResources,
} from './steps/scaling-steps';
import {
  type Route53HealthCheckStepProps,
  type RoutingControlStepProps,
  route53HealthCheck,
  routingControl,
} from './steps/traffic-steps';
import type { SwitchBlock } from './switch-block';

/**
 * One step of a switch to another region: every kind that Region switch knows. A step knows what the plan must be allowed
 * to do for it.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html
 */
export class SwitchStep {
  /** Makes the Aurora cluster of the other region the one that is written to. */
  static auroraGlobalDatabase(props: GlobalDatabaseStepProps): SwitchStep {
    return new SwitchStep(auroraGlobalDatabase(props));
  }

  /** Makes the DocumentDB cluster of the other region the one that is written to. */
  static documentDb(props: GlobalDatabaseStepProps): SwitchStep {
    return new SwitchStep(documentDb(props));
  }

  /** Makes the Neptune cluster of the other region the one that is written to. */
  static neptuneGlobalDatabase(props: GlobalDatabaseStepProps): SwitchStep {
    return new SwitchStep(neptuneGlobalDatabase(props));
  }

  /** Makes the RDS replica of the other region an instance of its own. The old primary gets nothing more. */
  static promoteReadReplica(props: ReadReplicaStepProps): SwitchStep {
    return new SwitchStep(promoteReadReplica(props));
  }

  /** Afterwards: makes a new RDS replica in the region that was left. */
  static createCrossRegionReplica(props: ReadReplicaStepProps): SwitchStep {
    return new SwitchStep(createCrossRegionReplica(props));
  }

  /** Swaps an RDS instance for Oracle with its replica. */
  static switchoverReadReplica(props: SwitchoverReplicaStepProps): SwitchStep {
    return new SwitchStep(switchoverReadReplica(props));
  }

  /** Starts in an Auto Scaling group what the other region ran. */
  static scaleAutoScalingGroup(props: AutoScalingGroupStepProps): SwitchStep {
    return new SwitchStep(scaleAutoScalingGroup(props));
  }

  /** Starts the tasks that the ECS service of the other region ran. */
  static scaleEcsService(props: EcsServiceStepProps): SwitchStep {
    return new SwitchStep(scaleEcsService(props));
  }

  /** Starts the pods that the cluster of the other region ran. */
  static scaleEksResources(props: EksStepProps): SwitchStep {
    return new SwitchStep(scaleEksResources(props));
  }

  /** Gives an Aurora cluster instances of the size that the other region has. */
  static scaleAuroraProvisioned(props: AuroraProvisionedScalingStepProps): SwitchStep {
    return new SwitchStep(scaleAuroraProvisioned(props));
  }

  /** Gives an Aurora Serverless cluster the capacity that the other region used. */
  static scaleAuroraServerless(props: AuroraServerlessScalingStepProps): SwitchStep {
    return new SwitchStep(scaleAuroraServerless(props));
  }

  /** Calls a function of your own. */
  static invokeFunction(props: LambdaStepProps): SwitchStep {
    return new SwitchStep(invokeFunction(props));
  }

  /** Begins or stops to read a queue or stream with a function. */
  static switchEventSourceMapping(props: EventSourceMappingStepProps): SwitchStep {
    return new SwitchStep(switchEventSourceMapping(props));
  }

  /** Runs a Systems Manager command on managed nodes. */
  static runCommand(props: CommandStepProps): SwitchStep {
    return new SwitchStep(runCommand(props));
  }

  /** Moves traffic with health checks that the plan makes, see {@link RegionSwitch.healthCheckOf}. */
  static route53HealthCheck(props: Route53HealthCheckStepProps): SwitchStep {
    return new SwitchStep(route53HealthCheck(props));
  }

  /** Moves traffic with routing controls. */
  static routingControl(props: RoutingControlStepProps): SwitchStep {
    return new SwitchStep(routingControl(props));
  }

  /** Runs another plan, of a service that this one needs. */
  static childPlan(props: ChildPlanStepProps): SwitchStep {
    return new SwitchStep(childPlan(props));
  }

  /** Waits for a person, beside the gates that the tier decides. */
  static manualApproval(props: ManualApprovalStepProps): SwitchStep {
    return new SwitchStep(manualApproval(props));
  }

  /** Runs steps side by side. It takes as long as the longest of them. */
  static parallel(name: string, steps: readonly SwitchStep[]): SwitchStep {
    return new SwitchStep(
      parallel(
        name,
        steps.map((step) => step.block),
      ),
    );
  }

  private constructor(
    /** @internal */
    readonly block: SwitchBlock,
  ) {}
}
