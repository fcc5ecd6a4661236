import { own } from '../json';
import type { Json, JsonObject } from '../source';
import { add, deadLetterArn, type EventWriter, permit, type SamEvent, stateOf } from './event';
import { assumedBy, compact, getAtt, picked } from './expansion';
import { RoleDraft } from './role';

const SCHEDULE = [
  'ScheduleExpression',
  'State',
  'Description',
  'StartDate',
  'EndDate',
  'ScheduleExpressionTimezone',
  'GroupName',
  'KmsKeyArn',
];

/** What differs between functions and state machines as targets. */
interface Kind {
  readonly action: string;
  readonly policy: string;
  readonly isFunction: boolean;
}

export const FUNCTION_TARGET: Kind = {
  action: 'lambda:InvokeFunction',
  policy: 'LambdaPolicy',
  isFunction: true,
};
export const STATE_MACHINE_TARGET: Kind = {
  action: 'states:StartExecution',
  policy: 'StartExecutionPolicy',
  isFunction: false,
};

/** `Schedule`: a rule of EventBridge with a schedule. */
export function schedule(kind: Kind): EventWriter {
  return (event) =>
    rule(event, kind, {
      ScheduleExpression: own(event.properties, 'Schedule'),
      Name: own(event.properties, 'Name'),
      Description: own(event.properties, 'Description'),
    });
}

/** `EventBridgeRule` and `CloudWatchEvent`: a rule of EventBridge with a pattern. */
export function eventPattern(kind: Kind): EventWriter {
  return (event) =>
    rule(event, kind, {
      EventBusName: own(event.properties, 'EventBusName'),
      EventPattern: own(event.properties, 'Pattern'),
      Name: own(event.properties, 'RuleName'),
    });
}

function rule(event: SamEvent, kind: Kind, properties: Readonly<Record<string, Json | undefined>>): boolean {
  const arn = getAtt(event.id, 'Arn');
  const dead = deadLetterArn(event, arn);
  const role = kind.isFunction ? undefined : startRole(event, kind);
  const named = own(event.properties, 'Target');
  const target = compact({
    Arn: event.target.arn,
    Id: targetId(event, named, kind),
    RoleArn: role,
    ...picked(event.properties, ['Input', 'InputPath', 'RetryPolicy', 'InputTransformer']),
    DeadLetterConfig: dead === undefined ? undefined : { Arn: dead },
  });
  add(event, '', 'AWS::Events::Rule', compact({ ...properties, State: stateOf(event), Targets: [target] }));
  if (kind.isFunction) permit(event, 'events.amazonaws.com', { source: arn });
  return true;
}

function targetId({ id }: SamEvent, named: Json | undefined, { isFunction }: Kind): Json {
  const own = typeof named === 'object' && named !== null && 'Id' in named ? named.Id : undefined;
  return own ?? `${id}${isFunction ? 'LambdaTarget' : 'StepFunctionsTarget'}`;
}

/** EventBridge starts a state machine by a role that the transform makes, unless one is named. */
function startRole(event: SamEvent, { action, policy }: Kind, service = 'events.amazonaws.com'): Json {
  const named = own(event.properties, 'RoleArn');
  if (named !== undefined) return named;
  const draft = new RoleDraft(`${event.id}Role`);
  draft.allow(`${event.id}Role${policy}`, action, event.target.arn);
  writeRole(event, draft, service);
  return getAtt(`${event.id}Role`, 'Arn');
}

function writeRole(event: SamEvent, draft: RoleDraft, service: string): void {
  const boundary =
    own(event.properties, 'PermissionsBoundary') ?? own(event.sam.properties, 'PermissionsBoundary');
  add(
    event,
    'Role',
    'AWS::IAM::Role',
    compact({
      AssumeRolePolicyDocument: assumedBy(service),
      Policies: draft.policies,
      PermissionsBoundary: boundary,
    }),
  );
}

/** `ScheduleV2`: a schedule of EventBridge Scheduler. */
export function scheduler(kind: Kind): EventWriter {
  return (event) => {
    const dead = deadLetterArn(event, undefined);
    const unnamed = own(event.properties, 'OmitName') === true;
    const target = compact({
      Arn: event.target.arn,
      RoleArn: schedulerRole(event, kind, dead),
      ...picked(event.properties, ['Input', 'RetryPolicy']),
      DeadLetterConfig: dead === undefined ? undefined : { Arn: dead },
    });
    const properties: JsonObject = {
      FlexibleTimeWindow: { Mode: 'OFF' },
      ...(unnamed ? {} : { Name: event.id }),
      ...picked(event.properties, [...SCHEDULE, 'FlexibleTimeWindow', 'Name']),
      Target: target,
    };
    add(event, '', 'AWS::Scheduler::Schedule', properties);
    return true;
  };
}

function schedulerRole(event: SamEvent, { action, policy }: Kind, dead: Json | undefined): Json {
  const named = own(event.properties, 'RoleArn');
  if (named !== undefined) return named;
  const draft = new RoleDraft(`${event.id}Role`);
  draft.allow(`${event.id}${policy}`, action, event.target.arn);
  if (dead !== undefined) draft.allow(`${event.id}SQSPolicy`, 'sqs:SendMessage', dead);
  writeRole(event, draft, 'scheduler.amazonaws.com');
  return getAtt(`${event.id}Role`, 'Arn');
}
