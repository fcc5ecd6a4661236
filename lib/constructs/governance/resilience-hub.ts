import { type IRole, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Annotations, type CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import type { Service } from '../../objectives/service';
import type { Tier } from '../../objectives/tier';
import { HubResource } from './hub-resource';
import { refuseLeftOpen } from './left-open';
import { acknowledgeNag } from './nag';
import {
  FunctionCriticality,
  type HubJourney,
  namedPartMistakes,
  type ServiceFunction,
} from './resilience-hub-journeys';
import {
  claimService,
  claimSystem,
  hubName,
  hubPolicy,
  isChosenRegion,
  regionsOf,
  serviceOf,
} from './resilience-hub-place';
import { type HubPolicy, hubDecisions, hubTargets } from './resilience-hub-targets';
import { TierChoices } from './tier-choices';

/** Properties of a {@link ResilienceHub}. */
export interface ResilienceHubProps {
  /**
   * The ways that users take through the system. The strictest of their tiers counts for the service.
   *
   * @default - none
   */
  readonly journeys?: readonly HubJourney[];

  /**
   * What the service does for its users.
   *
   * @default - none
   */
  readonly functions?: readonly ServiceFunction[];

  /**
   * What must hold and an assessment should look for, in words; 20 at most.
   *
   * @default - nothing
   */
  readonly assertions?: readonly string[];

  /**
   * The system that the service is a part of, by its ARN, where another service of it made it.
   *
   * @default - one is made, called as the service says
   */
  readonly systemArn?: string;

  /**
   * What Resilience Hub reads the resources with. It must trust `resiliencehub.amazonaws.com`.
   *
   * @default - one is made, with the managed policy for assessments
   */
  readonly invokerRole?: IRole;

  /**
   * Roles in the other accounts of the service, by ARN, that the invoker may assume.
   *
   * @default - none: resources in other accounts are not seen
   */
  readonly crossAccountRoleArns?: readonly string[];

  /**
   * Whether Resilience Hub looks for dependencies by itself, which it charges for.
   *
   * @default false
   */
  readonly dependencyDiscovery?: boolean;
}

/**
 * Tells the next-generation AWS Resilience Hub what a service is owed, from its declaration: policy, service, system,
 * journeys and functions. Resources are found by the tag `resilience:service`. It stands in the stack of each region and
 * builds something in one of them: in the primary, or in the first active region by its code.
 *
 * @throws ConfigurationError when it is in no declared service, the service has one already, another one makes its system,
 * or a name is not allowed
 * @see https://docs.aws.amazon.com/resilience-hub/latest/userguide/next-gen-resilience-policies.html
 */
export class ResilienceHub extends Construct {
  /** What is owed, for the strictest journey; `undefined` in regions that build nothing. */
  readonly policy: CfnResource | undefined;

  readonly service: CfnResource | undefined;

  /** `undefined` also where the system was given. */
  readonly system: CfnResource | undefined;

  readonly journeys: readonly CfnResource[] = [];
  readonly functions: readonly CfnResource[] = [];

  /** The policies of journeys whose tier is not the strictest. */
  readonly journeyPolicies: readonly CfnResource[] = [];

  /** The tier that counts: the strictest of the service and its journeys. */
  readonly tier: Tier;

  private readonly name: string;

  constructor(scope: Construct, id: string, props: ResilienceHubProps = {}) {
    super(scope, id);
    refuseLeftOpen(this.node.path, props);
    refuse(this.node.path, namedPartMistakes(props));
    const choices = new TierChoices(this, {});
    const service = serviceOf(this);
    const { journeys = [] } = props;
    this.tier = Math.min(service.tier, ...journeys.map(({ tier }) => tier ?? service.tier));
    this.name = hubName(this, service.name);
    if (!isChosenRegion(this)) return;
    claimService(this, service);
    if (this.tier < service.tier) this.warn(service);
    const hub = hubPolicy(this, service, this.tier);
    for (const decision of hubDecisions(hub)) choices.record(decision);
    this.policy = this.createPolicy(this, 'Policy', this.name, hub);
    this.system = props.systemArn === undefined ? this.createSystem(service) : undefined;
    const systemArn = props.systemArn ?? (this.system ? attribute(this.system, 'SystemArn') : '');
    this.journeyPolicies = this.createJourneyPolicies(service, journeys);
    this.journeys = this.createJourneys(journeys, service, systemArn);
    const policyArn = attribute(this.policy, 'PolicyArn');
    this.service = this.createService(props, service, { systemArn, policyArn });
    this.functions = this.createFunctions(props.functions ?? [], this.service);
  }

  private warn({ name, tier }: Service): void {
    Annotations.of(this).addWarningV2(
      'cdk-nines:journeyTier',
      `a journey is of tier ${this.tier}, but ${name} is built for tier ${tier}: Resilience Hub will find its policy breached`,
    );
  }

  private createPolicy(scope: Construct, id: string, name: string, hub: HubPolicy): CfnResource {
    const Description = `what is owed at tier ${hub.tier}`;
    return new HubResource(scope, id, 'Policy', { Name: name, Description, ...hubTargets(hub) });
  }

  private createSystem({ system, name }: Service): CfnResource {
    const systemName = hubName(this, system ?? name);
    claimSystem(this, systemName);
    return new HubResource(this, 'System', 'System', { Name: systemName });
  }

  /** One for each tier of journeys that is not the strictest. */
  private createJourneyPolicies(service: Service, journeys: readonly HubJourney[]): readonly CfnResource[] {
    const tiers = new Set(
      journeys.map(({ tier = service.tier }) => tier).filter((tier) => tier !== this.tier),
    );
    if (tiers.size === 0) return [];
    const scope = new Construct(this, 'JourneyPolicies');
    return [...tiers].sort().map((tier) => {
      const name = hubName(this, `${service.name}-tier-${tier}`);
      return this.createPolicy(scope, `Tier${tier}`, name, hubPolicy(this, service, tier));
    });
  }

  private createJourneys(
    journeys: readonly HubJourney[],
    service: Service,
    systemArn: string,
  ): readonly CfnResource[] {
    if (journeys.length === 0) return [];
    const scope = new Construct(this, 'Journeys');
    return journeys.map(({ name, description, tier = service.tier }) => {
      const policy = this.journeyPolicies.find(({ node }) => node.id === `Tier${tier}`) ?? this.policy;
      return new HubResource(scope, name, 'UserJourney', {
        Name: name,
        SystemIdentifier: systemArn,
        ...(policy && { PolicyArn: attribute(policy, 'PolicyArn') }),
        ...(description !== undefined && { Description: description }),
      });
    });
  }

  private createService(
    { assertions = [], invokerRole, crossAccountRoleArns = [], dependencyDiscovery }: ResilienceHubProps,
    { name }: Service,
    { systemArn, policyArn }: Record<'systemArn' | 'policyArn', string>,
  ): CfnResource {
    const role = invokerRole ?? this.createInvoker();
    const journeys = this.journeys.map((journey) => attribute(journey, 'UserJourneyId'));
    const byTag = { Key: 'resilience:service', Values: [name] };
    return new HubResource(this, 'Service', 'Service', {
      Name: this.name,
      Regions: regionsOf(this),
      PolicyArn: policyArn,
      DependencyDiscovery: dependencyDiscovery ? 'ENABLED' : 'DISABLED',
      AssociatedSystems: [{ SystemArn: systemArn, ...(journeys.length > 0 && { UserJourneyIds: journeys }) }],
      InputSources: [{ ResourceConfiguration: { ResourceTags: [byTag] } }],
      PermissionModel: {
        InvokerRoleName: role.roleName,
        ...(crossAccountRoleArns.length > 0 && {
          CrossAccountRoleArns: crossAccountRoleArns.map((arn) => ({ CrossAccountRoleArn: arn })),
        }),
      },
      ...(assertions.length > 0 && { Assertions: assertions.map((Text) => ({ Text })) }),
    });
  }

  /** @see https://docs.aws.amazon.com/resilience-hub/latest/userguide/security-iam-resilience-hub-invoker-role.html */
  private createInvoker(): Role {
    const role = new Role(this, 'Invoker', {
      assumedBy: new ServicePrincipal('resiliencehub.amazonaws.com'),
      description: 'AWS Resilience Hub reads the resources of the service with it',
      // AWS spells it so.
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSResilienceHubAsssessmentExecutionPolicy')],
    });
    acknowledgeNag(
      role,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSResilienceHubAsssessmentExecutionPolicy]',
      'AWS keeps this policy in step with what its assessments read; a copy of it would fall behind.',
    );
    return role;
  }

  private createFunctions(
    functions: readonly ServiceFunction[],
    service: CfnResource,
  ): readonly CfnResource[] {
    if (functions.length === 0) return [];
    const scope = new Construct(this, 'Functions');
    return functions.map(
      ({ name, description, criticality = FunctionCriticality.PRIMARY }) =>
        new HubResource(scope, name, 'ServiceFunction', {
          Name: name,
          Criticality: criticality,
          ServiceArn: attribute(service, 'ServiceArn'),
          ...(description !== undefined && { Description: description }),
        }),
    );
  }
}

function attribute(resource: CfnResource, name: string): string {
  return resource.getAtt(name).toString();
}
