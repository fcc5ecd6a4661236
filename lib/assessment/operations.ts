import { Resource } from '../assembly/resource';
import { isList, isMap, Unknown } from '../assembly/value';
import type { EventEdge } from '../assembly/wiring/event-edge';
import { eventsTo } from '../assembly/wiring/event-wiring';

/** Sources of events that are about users' data, and not about how the system is run. */
const DATA_SOURCES: readonly string[] = ['aws.s3', 'aws.dynamodb', 'aws.transfer', 'aws.partner'];

/**
 * Whether a handler only helps to run the system: CloudFormation, alarms, logs and AWS's own events start it, and no
 * user waits for it. A handler of which nothing is seen to start it may serve.
 */
export function isOperational(handler: Resource): boolean {
  const edges = eventsTo(handler).filter(({ kind }) => kind !== 'permission');
  return edges.length > 0 && edges.every(isOfOperations);
}

/** Whether what starts a handler is the running of the system, and nothing that a user does. */
export function isOfOperations({ kind, via, from }: EventEdge): boolean {
  if (kind === 'customResource' || kind === 'logs' || kind === 'deadLetter' || kind === 'onFailure')
    return true;
  if (kind === 'rule') return listensToAws(via);
  return from instanceof Resource && OPERATIONAL_SENDERS.has(from.type);
}

/** What is written into a resource's `Metadata` under `cdk-nines` when no user waits for it. */
const MARKER = 'operationalBecause';

/** Why no user waits for a resource, where its template says so. What users wait for and needs it counts all the same. */
export function operationalBecause(resource: Resource): string | undefined {
  const metadata = resource.attribute('Metadata');
  const own = isMap(metadata) ? metadata['cdk-nines'] : undefined;
  const reason = isMap(own) ? own[MARKER] : undefined;
  return typeof reason === 'string' && reason.trim() !== '' ? reason : undefined;
}

const OPERATIONAL_SENDERS: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::Secret',
  'AWS::Logs::LogGroup',
]);

/** A rule that takes nothing but what AWS tells of its own services. */
export function listensToAws(rule: Resource): boolean {
  const sources = rule.get('EventPattern.source');
  if (sources instanceof Unknown || !isList(sources) || sources.length === 0) return false;
  return sources.every(
    (source) => typeof source === 'string' && source.startsWith('aws.') && !DATA_SOURCES.includes(source),
  );
}
