import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { eachEntry } from '../../assembly/list-entries';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { sourceKindOf } from '../../assembly/wiring/event-sources';
import { MESSAGING, SECOND_REGION } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

export const targetsKeepFailures: Rule = {
  id: 'EVB-01',
  title: 'Targets of rules, schedules and pipes keep the events that could not be delivered.',
  kind: 'redundancy',
  why: 'When a target is down for longer than EventBridge tries, or refuses an event, the event is gone.',
  fix: 'set DeadLetterConfig.Arn of every target',
  severity: MEDIUM,
  appliesTo: ['AWS::Events::Rule', 'AWS::Scheduler::Schedule', 'AWS::Pipes::Pipe'],
  controls: MESSAGING,
  sources: [`${GUIDE}/eb-rule-dlq.html`],
  check: (resource) => {
    if (resource.type === 'AWS::Scheduler::Schedule') return keepsFailures(resource, 'Target');
    if (resource.type === 'AWS::Pipes::Pipe') return judgePipe(resource);
    const judged = eachEntry(resource, 'Targets', (target) => keepsFailures(resource, target));
    return judged.length > 0 ? judged : notApplicable('it has no targets');
  },
};

export const globalEndpointReplicates: Rule = {
  id: 'EVB-02',
  title: 'Global endpoints replicate events to the other region.',
  kind: 'redundancy',
  why: 'Without replication an endpoint fails over, but does not fail back by itself, and events that wait in the lost region are nowhere else.',
  fix: 'set ReplicationConfig.State to ENABLED',
  severity: MEDIUM,
  appliesTo: ['AWS::Events::Endpoint'],
  controls: SECOND_REGION,
  sources: [`${GUIDE}/eb-global-endpoints.html`],
  check: (endpoint) => endpoint.is('ReplicationConfig.State', 'ENABLED'),
};

function keepsFailures(resource: Resource, target: string): Judgement {
  return resource.isSet(`${target}.DeadLetterConfig.Arn`, 'a dead-letter queue');
}

/** Only streams have a dead-letter queue of the pipe; a queue has its own, and nothing else can have one. */
function judgePipe(pipe: Resource): Judgement {
  const kind = sourceKindOf(pipe, 'Source');
  if (kind instanceof Unknown) return unknown('Source', kind);
  if (kind !== 'kinesis' && kind !== 'dynamodb')
    return notApplicable(`a pipe from ${kind} sets nothing aside itself`);
  const parameters = kind === 'kinesis' ? 'KinesisStreamParameters' : 'DynamoDBStreamParameters';
  return keepsFailures(pipe, `SourceParameters.${parameters}`);
}
