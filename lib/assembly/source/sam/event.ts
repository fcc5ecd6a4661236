import { isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { type Expansion, getAtt, ref, type SamResource, writtenAtDeploy } from './expansion';
import type { RoleDraft } from './role';

/** What an event calls: a function, its alias, or a state machine. */
export interface EventTarget {
  readonly name: Json;
  readonly arn: Json;
}

/** One entry of `Events`. */
export interface SamEvent {
  readonly expansion: Expansion;
  readonly sam: SamResource;

  /** The logical id that the transform gives to what it makes of the event. */
  readonly id: string;

  /** Its name among the events of the function. */
  readonly name: string;
  readonly properties: JsonObject;
  readonly target: EventTarget;

  /** The role that the transform writes. @default - the function has its own */
  readonly role?: RoleDraft;
}

/** Writes the resources of an event; false where only the transform can. */
export type EventWriter = (event: SamEvent) => boolean;

/** An event's resource: no other makes one of that id. */
export function add(event: SamEvent, suffix: string, type: string, properties: JsonObject): void {
  event.expansion.add(event.sam, `${event.id}${suffix}`, type, properties);
}

/** Lets a service invoke the function. */
export function permit(
  event: SamEvent,
  principal: string,
  {
    source,
    account,
    suffix = '',
  }: { readonly source?: Json; readonly account?: Json; readonly suffix?: string },
): void {
  add(event, `Permission${suffix}`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: event.target.name,
    Principal: principal,
    ...(source !== undefined && { SourceArn: source }),
    ...(account !== undefined && { SourceAccount: account }),
  });
}

/** The entries of an `Events` property, or nothing where it is no mapping of events. */
export function eventsOf(
  properties: JsonObject,
): readonly (readonly [string, string, JsonObject])[] | undefined {
  const events = own(properties, 'Events');
  if (events === undefined) return [];
  if (!isObject(events)) return undefined;
  const found: (readonly [string, string, JsonObject])[] = [];
  for (const [name, event] of Object.entries(events)) {
    const type = isObject(event) ? ownString(event, 'Type') : undefined;
    if (type === undefined || !isObject(event) || !isFlat(own(event, 'Properties'))) return undefined;
    found.push([name, type, ownObject(event, 'Properties')]);
  }
  return found;
}

/** Whether properties are a mapping that nothing but its keys writes. */
export function isFlat(properties: Json | undefined): boolean {
  if (properties === undefined) return true;
  return (
    isObject(properties) && !Object.keys(properties).some((key) => key === 'Ref' || key.startsWith('Fn::'))
  );
}

/** `Enabled` of an event as the state of a rule; one that a condition or parameter chooses is left open. */
export function stateOf({ expansion, properties }: SamEvent): Json | undefined {
  const enabled = expansion.resolve(own(properties, 'Enabled'));
  if (enabled === undefined) return own(properties, 'State');
  if (typeof enabled === 'boolean') return enabled ? 'ENABLED' : 'DISABLED';
  if (enabled === 'true' || enabled === 'false') return enabled === 'true' ? 'ENABLED' : 'DISABLED';
  return writtenAtDeploy(enabled);
}

/** The queue for events that could not be delivered: one that is named, or one that the transform makes. */
export function deadLetterArn(event: SamEvent, rule: Json | undefined): Json | undefined {
  const config = own(event.properties, 'DeadLetterConfig');
  if (!isObject(config)) return config === undefined ? undefined : writtenAtDeploy(config);
  const arn = own(config, 'Arn');
  if (arn !== undefined) return arn;
  const queue = ownString(config, 'QueueLogicalId') ?? `${event.id}Queue`;
  const { expansion, sam, id } = event;
  expansion.add(sam, queue, 'AWS::SQS::Queue', {});
  if (rule !== undefined) {
    expansion.add(sam, `${id}QueuePolicy`, 'AWS::SQS::QueuePolicy', {
      Queues: [ref(queue)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: getAtt(queue, 'Arn'),
            Condition: { ArnEquals: { 'aws:SourceArn': rule } },
          },
        ],
      },
    });
  }
  return getAtt(queue, 'Arn');
}
