import { isObject, own, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { compact, type Expansion, getAtt, picked, ref, type SamResource, writtenAtDeploy } from './expansion';
import { isNoValue, partsOfIf } from './globals';
import type { RoleDraft } from './role';

const ACTIONS: Readonly<Record<string, readonly [policy: string, action: string]>> = {
  SQS: ['SQSPolicy', 'sqs:SendMessage'],
  SNS: ['SNSPolicy', 'sns:publish'],
  EventBridge: ['EventBridgePolicy', 'events:PutEvents'],
  Lambda: ['LambdaPolicy', 'lambda:InvokeFunction'],
};

interface Around {
  /** The alias that is published. @default - none */
  readonly alias: string | undefined;
  readonly role: RoleDraft;
}

/** `FunctionUrlConfig`: the URL, and who may call it where everybody may. */
export function writeUrl(expansion: Expansion, sam: SamResource, alias: string | undefined): void {
  const config = own(sam.properties, 'FunctionUrlConfig');
  if (config === undefined) return;
  const name = ref(alias ?? sam.id);
  const settings = isObject(config)
    ? picked(config, ['Cors', 'AuthType', 'InvokeMode'])
    : writtenAtDeploy(config);
  expansion.add(sam, `${sam.id}Url`, 'AWS::Lambda::Url', { ...settings, TargetFunctionArn: name });
  if (!isObject(config) || own(config, 'AuthType') !== 'NONE') return;
  expansion.add(sam, `${sam.id}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunctionUrl',
    FunctionName: name,
    Principal: '*',
    FunctionUrlAuthType: 'NONE',
  });
  expansion.add(sam, `${sam.id}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: name,
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
}

/** `EventInvokeConfig`: retries and destinations of asynchronous calls. */
export function writeInvokeConfig(expansion: Expansion, sam: SamResource, around: Around): void {
  const config = own(sam.properties, 'EventInvokeConfig');
  if (config === undefined) return;
  const id = `${sam.id}EventInvokeConfig`;
  if (!isObject(config)) {
    expansion.add(sam, id, 'AWS::Lambda::EventInvokeConfig', writtenAtDeploy(config));
    return;
  }
  const destinations = own(config, 'DestinationConfig');
  expansion.add(sam, id, 'AWS::Lambda::EventInvokeConfig', {
    FunctionName: ref(sam.id),
    Qualifier: around.alias === undefined ? '$LATEST' : own(sam.properties, 'AutoPublishAlias'),
    ...picked(config, ['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']),
    DestinationConfig: isObject(destinations)
      ? destinationsOf(expansion, sam, destinations, around.role)
      : destinations,
  });
  if (around.alias !== undefined) expansion.amend(id, { DependsOn: [around.alias] });
}

function destinationsOf(
  expansion: Expansion,
  sam: SamResource,
  config: JsonObject,
  role: RoleDraft,
): JsonObject {
  const each = ['OnSuccess', 'OnFailure'].map((name) => {
    const destination = own(config, name);
    if (!isObject(destination)) return [name, destination] as const;
    const id = `${sam.id}EventInvokeConfig${name}`;
    const arn = destinationArn(expansion, sam, id, destination);
    const [policy, action] = ACTIONS[ownString(destination, 'Type') ?? ''] ?? [];
    if (policy !== undefined && action !== undefined) role.allow(`${id}${policy}`, action, arn);
    else role.policies.push(writtenAtDeploy(destination));
    return [name, { Destination: arn }] as const;
  });
  return compact(Object.fromEntries(each));
}

/** The destination that is named, or the queue or topic that the transform makes where none is. */
function destinationArn(expansion: Expansion, sam: SamResource, id: string, destination: JsonObject): Json {
  const type = ownString(destination, 'Type');
  const named = own(destination, 'Destination');
  const parts = partsOfIf(named);
  const [condition, yes = null, no = null] = parts ?? [];
  const chosen = parts !== undefined && isNoValue(yes) !== isNoValue(no);
  if (named !== undefined && !chosen) return named;
  const [suffix, made, attribute] =
    type === 'SNS' ? ['Topic', 'AWS::SNS::Topic', undefined] : ['Queue', 'AWS::SQS::Queue', 'Arn'];
  if (type !== 'SNS' && type !== 'SQS') return named ?? writtenAtDeploy(destination);
  const queue = `${id}${suffix}`;
  expansion.add(sam, queue, made, {});
  expansion.names.set(`${sam.id}.Destination${suffix}`, queue);
  const arn = attribute === undefined ? ref(queue) : getAtt(queue, attribute);
  if (condition === undefined) return arn;
  expansion.amend(queue, { Condition: madeWhere(expansion, sam, condition, isNoValue(yes)) });
  return { 'Fn::If': isNoValue(yes) ? [condition, arn, no] : [condition, yes, arn] };
}

/** The condition under which a resource of the function is made: the function's own and the one that chooses. */
function madeWhere(expansion: Expansion, { body }: SamResource, condition: string, holds: boolean): string {
  const name = holds ? condition : `NOT${condition}`;
  if (!holds) expansion.conditions[name] = { 'Fn::Not': [{ Condition: condition }] };
  const around = ownString(body, 'Condition');
  if (around === undefined) return name;
  const both = `${around}AND${name}`;
  expansion.conditions[both] = { 'Fn::And': [{ Condition: around }, { Condition: name }] };
  return both;
}
