import { standsFor } from '../iam/iam-resources';
import { valuesAt } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isMap, Reference, referencesIn, Unknown, type Value } from '../value';
import { CALL_TARGETS } from './call-targets';
import type { Call } from './calls';
import { definitionOf } from './state-machine';

/** Where a type names what it calls and waits for. `of` names the resource in whose name it calls. */
const DECLARED: Readonly<Record<string, { readonly paths: readonly string[]; readonly of?: string }>> = {
  'AWS::ApiGateway::Authorizer': { paths: ['AuthorizerUri'], of: 'RestApiId' },
  'AWS::ApiGateway::Method': { paths: ['Integration.Uri'], of: 'RestApiId' },
  'AWS::ApiGatewayV2::Authorizer': { paths: ['AuthorizerUri'], of: 'ApiId' },
  'AWS::ApiGatewayV2::Integration': { paths: ['IntegrationUri'], of: 'ApiId' },
  'AWS::AppSync::DataSource': {
    paths: ['LambdaConfig.LambdaFunctionArn', 'DynamoDBConfig.TableName'],
    of: 'ApiId',
  },
  'AWS::Cognito::UserPool': { paths: ['LambdaConfig'] },
  'AWS::CloudFront::Distribution': { paths: ['DistributionConfig.Origins.*.DomainName'] },
};

/** The types whose calls are declared: APIs, distributions, pools of users and state machines. */
export const DECLARING_TYPES: readonly string[] = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::AppSync::GraphQLApi',
  'AWS::CloudFront::Distribution',
  'AWS::Cognito::UserPool',
  'AWS::StepFunctions::StateMachine',
];

/** What an API, a distribution or a state machine calls by its own declaration. */
export function declaredCallsOf(resource: Resource): readonly Call[] {
  if (resource.type === 'AWS::StepFunctions::StateMachine') return callsOfStates(resource);
  return declaredCalls(resource.stack.graph).get(resource) ?? [];
}

const declaredCalls = oncePerGraph((graph): ReadonlyMap<Resource, readonly Call[]> => {
  const calls = new Map<Resource, Call[]>();
  for (const holder of graph.ofType(...Object.keys(DECLARED))) {
    const { paths = [], of } = DECLARED[holder.type] ?? {};
    const from = of === undefined ? holder : holder.target(of);
    if (!(from instanceof Resource)) continue;
    const found = paths.flatMap((path) => callsAt(from, path, valuesAt(holder, path)));
    calls.set(from, [...(calls.get(from) ?? []), ...found]);
  }
  return calls;
});

function callsAt(from: Resource, property: string, values: readonly Value[]): readonly Call[] {
  return values.flatMap((value) =>
    referencesIn(value).flatMap((reference) => callTo(from, property, reference, value)),
  );
}

function callTo(from: Resource, property: string, { resource }: Reference, value: Value): readonly Call[] {
  const to = standsFor(resource);
  const target = CALL_TARGETS[to.type];
  if (!target) return [];
  const mode = target.asynchronous && !target.synchronous ? 'asynchronous' : 'synchronous';
  const certain =
    value instanceof Unknown ? value : from.stack === to.stack || to.presence === true ? true : to.presence;
  return [{ from, to, kind: target.kind, mode, property, because: property, certain }];
}

/** Parameters of a task that name what it works with. */
const TASK_PARAMETERS = ['FunctionName', 'TableName', 'StateMachineArn', 'QueueUrl', 'TopicArn', 'Bucket'];

function callsOfStates(machine: Resource): readonly Call[] {
  const definition = definitionOf(machine);
  if (definition instanceof Unknown) return [];
  return definition.states
    .filter(({ type }) => type === 'Task')
    .flatMap(({ name, body }) => {
      const { Resource: task, Parameters: parameters, Arguments: given } = body;
      const settings = isMap(parameters) ? parameters : isMap(given) ? given : {};
      const values = [task, ...TASK_PARAMETERS.map((key) => settings[key])].filter(
        (value) => value !== undefined,
      );
      const named = values.flatMap((value) => resolved(value, machine));
      return named.flatMap((reference) => callTo(machine, `state ${name}`, reference, reference));
    });
}

function resolved(value: Value, machine: Resource): readonly Reference[] {
  const references = referencesIn(value);
  if (references.length > 0 || typeof value !== 'string') return references;
  const found = machine.stack.graph.named(value, machine);
  return found ? [new Reference(found, 'Arn')] : [];
}
