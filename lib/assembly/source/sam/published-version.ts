import { isList, isObject, own, ownObject } from '../json';
import type { Json, JsonObject } from '../source';
import {
  assumedBy,
  compact,
  type Expansion,
  getAtt,
  managedPolicy,
  picked,
  ref,
  type SamResource,
  tagList,
} from './expansion';
import { partsOfIf } from './globals';

const APPLICATION = 'ServerlessDeploymentApplication';
const SERVICE_ROLE = 'CodeDeployServiceRole';

/** Deployment types that CodeDeploy knows for Lambda. */
const PREDEFINED =
  /^(?:Canary10Percent(?:5|10|15|30)Minutes|Linear10PercentEvery(?:1|2|3|10)Minutes?|AllAtOnce)$/;

/** `AutoPublishAlias`: a version and the alias that names it. Gives the alias's logical id, where there is one. */
export function publishVersion(expansion: Expansion, sam: SamResource): string | undefined {
  const { id, properties, body } = sam;
  const wanted = own(properties, 'AutoPublishAlias');
  if (wanted === undefined) return undefined;
  const version = expansion.freeId(`${id}Version`);
  const kept = own(properties, 'CapacityProviderConfig') === undefined ? 'Retain' : 'Delete';
  expansion.add(sam, version, 'AWS::Lambda::Version', {
    FunctionName: ref(id),
    Description: own(properties, 'VersionDescription'),
  });
  expansion.amend(version, {
    DeletionPolicy: own(body, 'DeletionPolicy') ?? own(properties, 'VersionDeletionPolicy') ?? kept,
  });
  const name = expansion.resolve(wanted) ?? wanted;
  const suffix = typeof name === 'string' ? name.replaceAll('-', 'D').replaceAll('_', 'U') : '';
  const alias = `${id}Alias${suffix}`;
  expansion.add(sam, alias, 'AWS::Lambda::Alias', {
    Name: name,
    FunctionName: ref(id),
    FunctionVersion: getAtt(version, 'Version'),
    ...picked(properties, ['ProvisionedConcurrencyConfig']),
  });
  expansion.names.set(`${id}.Version`, version).set(`${id}.Alias`, alias);
  shiftTraffic(expansion, sam, alias);
  return alias;
}

/** `DeploymentPreference`: CodeDeploy shifts traffic to the new version step by step. */
function shiftTraffic(expansion: Expansion, sam: SamResource, alias: string): void {
  const preference = own(sam.properties, 'DeploymentPreference');
  if (!isObject(preference)) return;
  const enabled = expansion.resolve(own(preference, 'Enabled'));
  if (enabled === false || enabled === 'false' || enabled === 'False') return;
  const group = `${sam.id}DeploymentGroup`;
  const role = own(preference, 'Role');
  const condition = own(preference, 'PassthroughCondition') === true ? picked(sam.body, ['Condition']) : {};
  expansion.addShared(APPLICATION, sam.id, {
    Type: 'AWS::CodeDeploy::Application',
    Properties: { ComputePlatform: 'Lambda' },
  });
  if (role === undefined) expansion.addShared(SERVICE_ROLE, sam.id, serviceRole());
  expansion.set(group, {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    ...condition,
    Properties: groupOf(expansion, sam, preference),
  });
  expansion.origins.set(group, sam.id);
  expansion.amend(alias, { UpdatePolicy: { CodeDeployLambdaAliasUpdate: updateOf(preference, group) } });
}

function groupOf(expansion: Expansion, sam: SamResource, preference: JsonObject): JsonObject {
  const type = expansion.resolve(own(preference, 'Type'));
  const tags = own(preference, 'PropagateTags') === true ? own(sam.properties, 'Tags') : undefined;
  return compact({
    ApplicationName: ref(APPLICATION),
    AlarmConfiguration: alarmsOf(own(preference, 'Alarms')),
    AutoRollbackConfiguration: {
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    },
    DeploymentConfigName: configName(type),
    DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ServiceRoleArn: own(preference, 'Role') ?? getAtt(SERVICE_ROLE, 'Arn'),
    TriggerConfigurations: own(preference, 'TriggerConfigurations'),
    Tags: tags === undefined ? undefined : tagList(tags, {}),
  });
}

function configName(type: Json | undefined): Json | undefined {
  const known = typeof type === 'string' && PREDEFINED.test(type);
  return known ? `CodeDeployDefault.Lambda${type}` : type;
}

function alarmsOf(alarms: Json | undefined): Json | undefined {
  const parts = partsOfIf(alarms);
  if (parts) {
    const [condition, yes, no] = parts;
    return { 'Fn::If': [condition, alarmsOf(yes) ?? yes, alarmsOf(no) ?? no] };
  }
  if (!isList(alarms)) return undefined;
  return alarms.length === 0 ? {} : { Enabled: true, Alarms: alarms.map((Name) => ({ Name })) };
}

function updateOf(preference: JsonObject, group: string): JsonObject {
  const hooks = ownObject(preference, 'Hooks');
  return compact({
    ApplicationName: ref(APPLICATION),
    DeploymentGroupName: ref(group),
    BeforeAllowTrafficHook: own(hooks, 'PreTraffic'),
    AfterAllowTrafficHook: own(hooks, 'PostTraffic'),
  });
}

function serviceRole(): JsonObject {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: assumedBy('codedeploy.amazonaws.com'),
      ManagedPolicyArns: [managedPolicy('service-role/AWSCodeDeployRoleForLambda')],
    },
  };
}
