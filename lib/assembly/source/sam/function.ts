import { isObject, own, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { objectInBucket } from './code-location';
import { type EventTarget, type EventWriter, eventsOf } from './event';
import { httpRoute, restRoute } from './events-api';
import { PULL_EVENTS } from './events-pull';
import { PUSH_EVENTS } from './events-push';
import { eventPattern, FUNCTION_TARGET, schedule, scheduler } from './events-rule';
import {
  assumedBy,
  type Expansion,
  getAtt,
  managedPolicy,
  picked,
  ref,
  type SamResource,
  tagList,
  writtenAtDeploy,
} from './expansion';
import { writeInvokeConfig, writeUrl } from './function-invocation';
import { isNoValue, partsOfIf } from './globals';
import { publishVersion } from './published-version';
import { RoleDraft } from './role';

const SAME = [
  'FunctionName',
  'Handler',
  'Runtime',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'SnapStart',
  'EphemeralStorage',
  'CodeSigningConfigArn',
  'RuntimeManagementConfig',
  'LoggingConfig',
  'TenancyConfig',
  'RecursiveLoop',
  'DurableConfig',
  'FunctionScalingConfig',
  'PublishToLatestPublished',
];

const EVENTS: Readonly<Record<string, EventWriter>> = {
  ...PULL_EVENTS,
  ...PUSH_EVENTS,
  Schedule: schedule(FUNCTION_TARGET),
  ScheduleV2: scheduler(FUNCTION_TARGET),
  EventBridgeRule: eventPattern(FUNCTION_TARGET),
  CloudWatchEvent: eventPattern(FUNCTION_TARGET),
  Api: restRoute,
  HttpApi: httpRoute,
};

/** What `AWS::Serverless::Function` becomes; false where only the transform knows. */
export function expandFunction(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const events = eventsOf(properties);
  if (events === undefined || events.some(([, type]) => !Object.hasOwn(EVENTS, type))) return false;
  const role = roleOf(expansion, sam);
  const draft = new RoleDraft(`${id}Role`);
  writeFunction(expansion, sam, role.arn);
  const alias = publishVersion(expansion, sam);
  const target: EventTarget =
    alias === undefined ? { name: ref(id), arn: getAtt(id, 'Arn') } : { name: ref(alias), arn: ref(alias) };
  basePolicies(expansion, sam, draft);
  writeUrl(expansion, sam, alias);
  writeInvokeConfig(expansion, sam, { alias, role: draft });
  draft.addAll(own(properties, 'Policies'));
  for (const [name, type, settings] of events) {
    const event = { expansion, sam, id: `${id}${name}`, name, properties: settings, target, role: draft };
    if (EVENTS[type]?.(event) !== true) return false;
  }
  if (role.made) {
    const trust = own(properties, 'AssumeRolePolicyDocument') ?? assumedBy('lambda.amazonaws.com');
    draft.write(expansion, sam, {
      trust,
      ...(role.condition !== undefined && { condition: role.condition }),
    });
  }
  return true;
}

interface FunctionRole {
  readonly arn: Json;

  /** Whether the transform makes one. */
  readonly made: boolean;

  /** When it makes one. @default - whenever the function exists */
  readonly condition?: string;
}

/** The role that is named, or the transform's where none is; a condition may choose between the two. */
function roleOf(expansion: Expansion, { id, properties }: SamResource): FunctionRole {
  const named = own(properties, 'Role');
  const made = getAtt(`${id}Role`, 'Arn');
  if (named === undefined || isNoValue(named)) return { arn: made, made: true };
  const parts = partsOfIf(named);
  if (!parts) return { arn: named, made: false };
  const [condition, yes, no] = parts;
  if (isNoValue(yes) && isNoValue(no)) return { arn: made, made: true };
  if (isNoValue(yes)) return { arn: { 'Fn::If': [condition, made, no] }, made: true, condition };
  if (!isNoValue(no)) return { arn: named, made: false };
  expansion.conditions[`NOT${condition}`] = { 'Fn::Not': [{ Condition: condition }] };
  return { arn: { 'Fn::If': [condition, yes, made] }, made: true, condition: `NOT${condition}` };
}

function writeFunction(expansion: Expansion, sam: SamResource, role: Json): void {
  const { properties } = sam;
  const tracing = own(properties, 'Tracing');
  const dead = own(properties, 'DeadLetterQueue');
  const provider = own(properties, 'CapacityProviderConfig');
  expansion.add(sam, sam.id, 'AWS::Lambda::Function', {
    ...picked(properties, SAME),
    Code: codeOf(properties),
    Role: role,
    Tags: tagList(own(properties, 'Tags')),
    TracingConfig: isTraced(expansion, tracing) ? { Mode: tracing ?? null } : undefined,
    DeadLetterConfig: isObject(dead) ? picked(dead, ['TargetArn']) : dead,
    CapacityProviderConfig: provider === undefined ? undefined : writtenAtDeploy(provider),
  });
}

function isTraced(expansion: Expansion, tracing: Json | undefined): boolean {
  return tracing !== undefined && expansion.resolve(tracing) !== 'Disabled';
}

/** Where the code lies. A local path is uploaded before deploy, and nobody knows where to. */
function codeOf(properties: JsonObject): Json {
  const code = own(properties, 'CodeUri');
  const image = own(properties, 'ImageUri');
  const text = own(properties, 'InlineCode');
  const key = picked(properties, ['SourceKMSKeyArn']);
  if (own(properties, 'PackageType') === 'Image')
    return image === undefined ? writtenAtDeploy('ImageUri') : { ImageUri: image };
  if (text !== undefined) return { ZipFile: text, ...key };
  return code === undefined ? writtenAtDeploy('CodeUri') : { ...objectInBucket(code), ...key };
}

/** What a function needs for its logs, its network, its traces and its dead letters. */
function basePolicies(expansion: Expansion, { properties }: SamResource, role: RoleDraft): void {
  const durable = own(properties, 'DurableConfig') !== undefined;
  role.attach(
    managedPolicy(
      `service-role/${durable ? 'AWSLambdaBasicDurableExecutionRolePolicy' : 'AWSLambdaBasicExecutionRole'}`,
    ),
  );
  if (isTraced(expansion, own(properties, 'Tracing'))) role.attach(managedPolicy('AWSXrayWriteOnlyAccess'));
  if (own(properties, 'VpcConfig') !== undefined)
    role.attach(managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'));
  const dead = own(properties, 'DeadLetterQueue');
  if (!isObject(dead)) return;
  const action = ownString(dead, 'Type') === 'SNS' ? 'sns:Publish' : 'sqs:SendMessage';
  role.allow('DeadLetterQueuePolicy', action, own(dead, 'TargetArn') ?? null, { Version: '2012-10-17' });
}
