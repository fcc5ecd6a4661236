import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import { CAPACITY, LOG_RETENTION, MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { INFO, LOW } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const STAGE = 'AWS::ApiGateway::Stage';
const STAGE_V2 = 'AWS::ApiGatewayV2::Stage';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const METHODS = 'MethodSettings';

export const apiIsThrottled: Rule = {
  id: 'API-01',
  title: 'APIs have limits of their own on the rate and the burst of requests.',
  kind: 'capacity',
  why: 'Without limits of its own, one API may use up what all APIs of the account share, and what stands behind it falls over first.',
  fix: 'set ThrottlingRateLimit and ThrottlingBurstLimit for all methods of the stage',
  severity: LOW,
  appliesTo: [STAGE, STAGE_V2, 'AWS::ApiGateway::UsagePlan'],
  controls: CAPACITY,
  sources: [`${GUIDE}/api-gateway-request-throttling.html`],
  check: judgeThrottling,
};

export const apiIsTraced: Rule = {
  id: 'API-02',
  title: 'REST APIs are traced.',
  kind: 'monitoring',
  why: 'Where a slow request spends its time is guesswork without a trace.',
  fix: 'set TracingEnabled to true',
  severity: INFO,
  appliesTo: [STAGE],
  controls: MONITORING,
  sources: [`${GUIDE}/apigateway-xray.html`],
  check: (stage) => stage.is('TracingEnabled', true),
};

export const apiWritesLogs: Rule = {
  id: 'API-03',
  title: 'APIs log who called them, or what came of it.',
  kind: 'monitoring',
  why: 'Which requests failed, and why, can be read nowhere else.',
  fix: 'set AccessLogSetting (AccessLogSettings of a V2 stage), or LoggingLevel for all methods',
  severity: LOW,
  appliesTo: [STAGE, STAGE_V2, DEPLOYMENT],
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/set-up-logging.html`],
  check: (resource) =>
    resource.type === DEPLOYMENT ? judgeStageOfDeployment(resource) : judgeLogs(resource),
};

export const apiIsCached: Rule = {
  id: 'API-04',
  title: 'REST APIs answer from a cache.',
  kind: 'capacity',
  why: 'Every request reaches what stands behind the API, also when that is slow or down.',
  fix: 'set CacheClusterEnabled to true',
  severity: INFO,
  appliesTo: [STAGE],
  controls: CAPACITY,
  sources: [`${GUIDE}/api-gateway-caching.html`],
  check: (stage) => stage.is('CacheClusterEnabled', true),
};

function judgeThrottling(resource: Resource): Judgement {
  if (resource.type === STAGE)
    return all(
      ofAllMethods(resource, 'ThrottlingRateLimit', () => true),
      ofAllMethods(resource, 'ThrottlingBurstLimit', () => true),
    );
  const [rate, burst] =
    resource.type === STAGE_V2
      ? ['DefaultRouteSettings.ThrottlingRateLimit', 'DefaultRouteSettings.ThrottlingBurstLimit']
      : ['Throttle.RateLimit', 'Throttle.BurstLimit'];
  return all(resource.isSet(rate, 'a limit'), resource.isSet(burst, 'a limit'));
}

/** A deployment makes the stage that it names or describes. */
function judgeStageOfDeployment(deployment: Resource): Judgement {
  const made = ['StageName', 'StageDescription'].map((property) => deployment.get(property));
  const open = made.find((value) => value instanceof Unknown && value.maybeAbsent);
  if (made.every((value) => value === undefined)) return notApplicable('it makes no stage');
  // Nobody asks for that stage, and nothing can be set on it.
  if (deployment.madeFrom !== undefined)
    return notApplicable('the serverless transform adds a stage unless OpenApiVersion is set');
  const judged = judgeLogs(deployment, 'StageDescription.');
  return open instanceof Unknown && judged.outcome === 'fail' ? unknown('StageName', open) : judged;
}

function judgeLogs(stage: Resource, prefix = ''): Judgement {
  if (stage.type === STAGE_V2)
    return any(
      stage.isSet('AccessLogSettings.DestinationArn', 'a place for access logs'),
      stage.is('DefaultRouteSettings.LoggingLevel', ['INFO', 'ERROR']),
    );
  return any(
    stage.isSet(`${prefix}AccessLogSetting.DestinationArn`, 'a place for access logs'),
    ofMethods(
      stage,
      'LoggingLevel',
      (setting) => holdsFor(setting.LoggingLevel, (level) => level === 'INFO' || level === 'ERROR'),
      `${prefix}${METHODS}`,
    ),
  );
}

type Test = (value: Value) => boolean;

/** A setting for all methods is one of `*` on the path `/*`. */
function ofAllMethods(stage: Resource, name: string, holds: Test): Judgement {
  return ofMethods(stage, name, (setting) => {
    const all =
      setting.HttpMethod === '*' && (setting.ResourcePath === '/*' || setting.ResourcePath === undefined);
    return all && holdsFor(setting[name], holds);
  });
}

function holdsFor(value: Value | undefined, holds: Test): boolean | Unknown {
  if (value instanceof Unknown) return value;
  return value !== undefined && value !== null && holds(value);
}

function ofMethods(
  stage: Resource,
  name: string,
  test: (setting: Readonly<Record<string, Value>>) => boolean | Unknown,
  property = METHODS,
): Judgement {
  const settings = stage.list(property);
  if (settings instanceof Unknown) return unknown(property, settings);
  const results = settings.map((setting) =>
    isMap(setting) ? test(setting) : setting instanceof Unknown ? setting : false,
  );
  if (results.includes(true)) return pass({ property, found: name });
  const open = results.find((result) => result instanceof Unknown);
  if (open instanceof Unknown) return unknown(property, open);
  return fail({ property, found: `no ${name}`, needed: `${name} for all methods` });
}
