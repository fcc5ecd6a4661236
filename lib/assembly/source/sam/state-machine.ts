import { own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { type EventWriter, eventsOf } from './event';
import { stateMachineRoute } from './events-api';
import { eventPattern, STATE_MACHINE_TARGET, schedule, scheduler } from './events-rule';
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
import { RoleDraft } from './role';

const EVENTS: Readonly<Record<string, EventWriter>> = {
  Schedule: schedule(STATE_MACHINE_TARGET),
  ScheduleV2: scheduler(STATE_MACHINE_TARGET),
  CloudWatchEvent: eventPattern(STATE_MACHINE_TARGET),
  EventBridgeRule: eventPattern(STATE_MACHINE_TARGET),
  Api: stateMachineRoute,
};
const KEPT_VERSION = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** What `AWS::Serverless::StateMachine` becomes; false where only the transform knows. */
export function expandStateMachine(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const events = eventsOf(properties);
  if (events === undefined || events.some(([, type]) => !Object.hasOwn(EVENTS, type))) return false;
  const tags = tagList(own(properties, 'Tags'), { 'stateMachine:createdBy': 'SAM' });
  const role = own(properties, 'Role');
  expansion.add(sam, id, 'AWS::StepFunctions::StateMachine', {
    ...definitionOf(properties),
    ...picked(properties, ['DefinitionSubstitutions']),
    RoleArn: role ?? getAtt(`${id}Role`, 'Arn'),
    StateMachineName: own(properties, 'Name'),
    StateMachineType: own(properties, 'Type'),
    LoggingConfiguration: own(properties, 'Logging'),
    TracingConfiguration: own(properties, 'Tracing'),
    Tags: tags,
  });
  if (role === undefined) writeRole(expansion, sam, tags);
  const alias = publish(expansion, sam);
  const arn = alias !== undefined && own(properties, 'UseAliasAsEventTarget') === true ? ref(alias) : ref(id);
  const target = { name: arn, arn };
  return events.every(
    ([name, type, settings]) =>
      EVENTS[type]?.({ expansion, sam, id: `${id}${name}`, name, properties: settings, target }) === true,
  );
}

/** A file beside the template is put in its place before deploy. */
function definitionOf(properties: JsonObject): JsonObject {
  const uri = own(properties, 'DefinitionUri');
  if (uri === undefined) return picked(properties, ['Definition']);
  if (typeof uri === 'string') return { DefinitionS3Location: writtenAtDeploy(uri) };
  return { DefinitionS3Location: uri };
}

function writeRole(expansion: Expansion, sam: SamResource, tags: Json): void {
  const draft = new RoleDraft(`${sam.id}Role`);
  draft.addAll(own(sam.properties, 'Policies'));
  if (own(ownObject(sam.properties, 'Tracing'), 'Enabled') === true)
    draft.attach(managedPolicy('AWSXrayWriteOnlyAccess'));
  draft.write(expansion, sam, { trust: assumedBy('states.amazonaws.com'), tags });
}

/** `AutoPublishAlias`: a version and the alias that names it. */
function publish(expansion: Expansion, sam: SamResource): string | undefined {
  const { id, properties, body } = sam;
  const name = expansion.resolve(own(properties, 'AutoPublishAlias'));
  if (name === undefined) return undefined;
  const version = `${id}Version`;
  const alias = `${id}Alias${typeof name === 'string' ? name : ''}`;
  expansion.add(sam, version, 'AWS::StepFunctions::StateMachineVersion', {
    StateMachineArn: ref(id),
    StateMachineRevisionId: getAtt(id, 'StateMachineRevisionId'),
  });
  expansion.amend(version, { ...KEPT_VERSION, ...picked(body, ['DeletionPolicy', 'UpdateReplacePolicy']) });
  const preference = ownObject(properties, 'DeploymentPreference');
  const type = ownString(preference, 'Type') ?? 'ALL_AT_ONCE';
  expansion.add(sam, alias, 'AWS::StepFunctions::StateMachineAlias', {
    Name: name,
    DeploymentPreference: { Type: type, ...preference, StateMachineVersionArn: ref(version) },
  });
  expansion.names.set(`${id}.Version`, version).set(`${id}.Alias`, alias);
  return alias;
}
