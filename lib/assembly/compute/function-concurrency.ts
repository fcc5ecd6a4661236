import type { Resource } from '../resource';
import { isScalar, Unknown } from '../value';
import type { EventEdge } from '../wiring/event-edge';
import { triggersOf } from '../wiring/event-wiring';

const QUEUE = 'AWS::SQS::Queue';

/** What calls a function once for each request or message. */
const BY_LOAD: readonly string[] = [
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::AppSync::DataSource',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
];

/** The services that call a function as often as they are asked. */
const CALLERS = /^(apigateway|elasticloadbalancing|s3|sns)\.amazonaws\.com$/;

/**
 * How many of a function run at once at most: what it reserves, else the account's limit where requests or messages call
 * it. What a schedule or CloudFormation calls runs as often as these do, which the app does not show.
 */
export function concurrencyOf(lambda: Resource, accountLimit: number): number | Unknown {
  const reserved = lambda.number('ReservedConcurrentExecutions');
  if (reserved !== undefined) return reserved;
  const triggers = triggersOf(lambda);
  const byLoad = triggers.filter(growsWithLoad);
  if (byLoad.length > 0) return accountLimit;
  const limits = triggers.map((edge) => limitOf(edge));
  const known = limits.filter((limit) => typeof limit === 'number');
  if (known.length > 0 && known.length === limits.length) return known.reduce((sum, one) => sum + one, 0);
  return new Unknown(`nothing in the app shows how many of ${lambda.logicalId} run at once`);
}

function growsWithLoad({ via, presence, kind, from }: EventEdge): boolean {
  if (presence !== true) return false;
  if (kind === 'eventSourceMapping')
    return isQueue(from) && via.get('ScalingConfig.MaximumConcurrency') === undefined;
  if (kind !== 'permission') return BY_LOAD.includes(via.type);
  const principal = via.get('Principal');
  return isScalar(principal) && CALLERS.test(String(principal));
}

function isQueue(from: EventEdge['from']): boolean {
  return !(from instanceof Unknown) && from.type === QUEUE;
}

/** What one mapping takes at most. */
function limitOf({ via, kind }: EventEdge): number | Unknown | undefined {
  return kind === 'eventSourceMapping' ? via.number('ScalingConfig.MaximumConcurrency') : undefined;
}
