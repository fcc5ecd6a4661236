import { valuesAt } from '../assembly/network/zones';
import type { Resource } from '../assembly/resource';
import { Reference, type Value } from '../assembly/value';
import { namedIn } from '../assembly/wiring/call-environment';
import { hostIn, OPEN, writtenText } from '../assembly/wiring/written-address';
import type { AssessedService } from './assessed-service';
import { declaredFor } from './declared';
import type { Modelling } from './modelling';
import { leaveOpen } from './open-dependencies';

/** Where resources hand something over, and where networks are connected: nobody waits for it, or nobody sees what for. */
const TIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::TransitGatewayAttachment': ['TransitGatewayId'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['TransitGatewayId'],
  'AWS::EC2::VPCPeeringConnection': ['PeerVpcId'],
  'AWS::Events::ApiDestination': ['InvocationEndpoint'],
  'AWS::Events::Endpoint': ['EventBuses.*.EventBusArn'],
  'AWS::Events::Rule': ['Targets.*.Arn'],
  'AWS::Pipes::Pipe': ['Source', 'Target'],
  'AWS::SNS::Subscription': ['TopicArn', 'Endpoint'],
  'AWS::Scheduler::Schedule': ['Target.Arn'],
};

/** Says of all that a service hands over, and of all networks that it is connected to, what leads out of the app. */
export function leaveTiesOpen({ resources }: AssessedService, model: Modelling): void {
  for (const resource of resources)
    for (const property of TIES[resource.type] ?? [])
      for (const value of valuesAt(resource, property)) leaveTieOpen(resource, { property, value }, model);
}

interface Tie {
  readonly property: string;
  readonly value: Value;
}

function leaveTieOpen(resource: Resource, { property, value }: Tie, model: Modelling): void {
  if (value instanceof Reference || namedIn({ property, value }, resource).length > 0) return;
  const text = writtenText(value, resource.stack);
  const leadsTo = leadOf(text, property);
  if (leadsTo === undefined) return;
  const host = leadsTo === text ? undefined : leadsTo;
  const declared = declaredFor(resource, { variable: property, ...(host && { host }) }, model.services);
  if (!declared) leaveOpen(model, { resource, by: property.replace(/\.\*.*$/, ''), leadsTo });
}

/** Networks are named by their ids; what events are handed to by ARNs and hosts. People who are told of them are no dependency. */
function leadOf(text: string, property: string): string | undefined {
  const shown = text.replaceAll(OPEN, '{…}');
  if (/^(tgw|vpc)-/.test(text)) return text;
  if (/(VpcId|GatewayId)$/.test(property))
    return text === OPEN ? 'a network that is not in the app' : undefined;
  if (/^arn:/.test(text)) return isDoneByAws(text) ? undefined : shown;
  return hostIn(text, false)?.replaceAll(OPEN, '{…}');
}

/** Calls of AWS itself, made by a schedule, and logs. */
function isDoneByAws(arn: string): boolean {
  return /^arn:[^:]*:(scheduler:::aws-sdk|logs|ssm):/.test(arn) || /:::aws-sdk:/.test(arn);
}
