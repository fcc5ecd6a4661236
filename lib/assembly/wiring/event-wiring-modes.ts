import type { Resource } from '../resource';
import { isMap, isScalar, Unknown } from '../value';
import type { EventMode } from './event-edge';

/** The services that leave events with a function and do not wait for its answer. */
const LEAVE_EVENTS = [
  'cloudformation',
  'cloudwatch',
  'codecommit',
  'codepipeline',
  'config',
  'events',
  'iot',
  'logs',
  's3',
  'scheduler',
  'ses',
  'sns',
];

/** Those that wait for it. */
const WAIT = [
  'alexa-appkit',
  'alexa-connectedhome',
  'apigateway',
  'appsync',
  'cloudfront',
  'cognito-idp',
  'cognito-sync',
  'edgelambda',
  'elasticloadbalancing',
  'firehose',
  'lex',
  'lexv2',
  's3-object-lambda',
  'secretsmanager',
  'vpc-lattice',
];

/** What the principal of a permission tells of how it calls. */
export function modeOfPermission(permission: Resource): EventMode | Unknown {
  const principal = permission.text('Principal');
  if (principal instanceof Unknown) return principal;
  if (permission.get('FunctionUrlAuthType') !== undefined) return 'synchronous';
  const service = principal?.split('.')[0] ?? '';
  if (LEAVE_EVENTS.includes(service)) return 'asynchronous';
  if (WAIT.includes(service)) return 'synchronous';
  return new Unknown(`how ${principal ?? 'nobody'} invokes the function is not known`);
}

/** A pipe waits for functions and state machines unless it is told not to. */
export function modeOfPipe(pipe: Resource): EventMode | Unknown {
  const parameters = pipe.get('TargetParameters');
  if (parameters instanceof Unknown) return parameters;
  if (!isMap(parameters)) return 'synchronous';
  const own = parameters.LambdaFunctionParameters ?? parameters.StepFunctionStateMachineParameters;
  const type = isMap(own) ? own.InvocationType : own;
  if (type instanceof Unknown) return type;
  return type === 'FIRE_AND_FORGET' ? 'asynchronous' : 'synchronous';
}

/** A method that asks for it by a header leaves the event with the function. */
export function modeOfMethod(method: Resource): EventMode | Unknown {
  const parameters = method.get('Integration.RequestParameters');
  if (parameters instanceof Unknown) return parameters;
  const header = isMap(parameters)
    ? parameters['integration.request.header.X-Amz-Invocation-Type']
    : undefined;
  if (header instanceof Unknown) return header;
  return isScalar(header) && String(header).includes('Event') ? 'asynchronous' : 'synchronous';
}
