import { Connections, Port, SecurityGroup, type SelectedSubnets, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IEngine, SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../../objectives/mistakes';
import { acknowledgeNag } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { regionalName, sharedName } from '../../region/membership';
import { regionalKey } from '../regional-key';
import { storeSubnets } from '../store-subnets';
import { DatabaseAlerts } from './database-alerts';
import { type EngineFacts, engineFacts, KNOWN_ENGINES } from './database-engine';
import { chooseOperation, type DatabaseOperation, operationMistakes } from './database-operation';
import type { DatabaseProps } from './database-props';

/** What a database stands on, and what its tier decides whatever the store. @internal */
export interface DatabaseFoundation {
  readonly choices: TierChoices;
  readonly engine: EngineFacts;
  readonly engineType: string;
  readonly identifier: string;
  readonly port: number;
  readonly key: IKey;
  readonly subnetGroup: SubnetGroup;

  /** The zones of its subnets, each once. */
  readonly zones: readonly string[];
  readonly securityGroups: readonly string[];
  readonly connections: Connections;
  readonly monitoringRole: Role;
  readonly alerts: DatabaseAlerts;
  readonly parameters: Record<string, string>;

  readonly operation: DatabaseOperation;
}

/**
 * Lays what a database stands on: key, subnets, security group, role, notices; and decides what its tier owes.
 *
 * @throws ConfigurationError with all mistakes in the properties
 * @internal
 */
export function layFoundation(
  construct: Construct,
  props: DatabaseProps,
  engine: IEngine,
): DatabaseFoundation {
  const path = construct.node.path;
  refuse(path, missing(props, 'vpc'));
  const choices = new TierChoices(construct, props, { known: ['port', 'allocatedStorage'] });
  const facts = engineFacts(engine.engineType);
  const { vpc } = props;
  const zoneCount = choices.policy.minimumZones.value;
  const selected = storeSubnets({ construct, vpc, vpcSubnets: props.vpcSubnets, zones: zoneCount });
  refuse(path, [...engineMistakes(engine), ...operationMistakes(props), ...subnetMistakes(selected)]);
  const known = facts ?? { port: 0, logs: [], parameters: {} };
  const port = props.port ?? known.port;
  const zones = chooseZones(choices, selected);
  const key = regionalKey(construct, choices, props.encryptionKey);
  const group = new SecurityGroup(construct, 'SecurityGroup', {
    vpc,
    allowAllOutbound: false,
    description: `Who may connect to ${path}`,
  });
  const groups = [group, ...(props.securityGroup ? [props.securityGroup] : [])];
  return {
    choices,
    engine: known,
    engineType: engine.engineType,
    identifier: props.identifier ?? nameInRegion(construct),
    port,
    key,
    zones,
    subnetGroup: new SubnetGroup(construct, 'Subnets', {
      vpc,
      vpcSubnets: subnetsOf(props),
      description: `Where ${path} stands`,
      removalPolicy: choices.removalPolicy,
    }),
    securityGroups: groups.map(({ securityGroupId }) => securityGroupId),
    connections: new Connections({ securityGroups: groups, defaultPort: Port.tcp(port) }),
    monitoringRole: createMonitoringRole(construct),
    alerts: new DatabaseAlerts(construct, choices.tier, key, props.notifications),
    parameters: { ...known.parameters, ...props.parameters },
    operation: chooseOperation(choices, props),
  };
}

/** The name of this region's part; the same as elsewhere only where the region is not known before deployment. */
function nameInRegion(construct: Construct): string {
  const { region } = Stack.of(construct);
  return Token.isUnresolved(region) ? sharedName(construct) : regionalName(construct, region);
}

function subnetsOf({ vpc, vpcSubnets }: DatabaseProps) {
  const subnetType =
    vpc.isolatedSubnets.length > 0 ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS;
  return vpcSubnets ?? { subnetType };
}

function chooseZones(choices: TierChoices, { availabilityZones }: SelectedSubnets): readonly string[] {
  const zones = [...new Set(availabilityZones)];
  const { zones: owed, minimumZones } = choices.policy;
  choices.atLeast({
    what: 'zones',
    owed,
    limit: minimumZones,
    chosen: zones.length === owed.value ? undefined : zones.length,
  });
  return zones;
}

/** Known problems of the engine, the values and the network, all at once. */
function engineMistakes({ engineType }: IEngine): Mistake[] {
  if (KNOWN_ENGINES.includes(engineType)) return [];
  return [
    {
      problem: `the engine ${engineType} is not one that is known here (${KNOWN_ENGINES.join(', ')})`,
      fix: `use one of ${KNOWN_ENGINES.join(', ')}, or build it with aws-cdk-lib/aws-rds`,
    },
  ];
}

function subnetMistakes({ hasPublic }: SelectedSubnets): Mistake[] {
  if (!hasPublic) return [];
  return [
    {
      problem: 'its subnets are public: a database in them can be given an address that the Internet reaches',
      fix: 'choose isolated or private subnets',
    },
  ];
}

function createMonitoringRole(construct: Construct): Role {
  const policy = 'service-role/AmazonRDSEnhancedMonitoringRole';
  const role = new Role(construct, 'MonitoringRole', {
    assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
    description: `Sends readings of the operating system of ${construct.node.path} to CloudWatch Logs`,
  });
  acknowledgeNag(
    role,
    `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'The policy that AWS keeps for this very purpose; a copy of it would fall behind.',
  );
  return role;
}
