import { unknownFrom } from './path';
import { tokenKey } from './same-token';
import type { Json } from './source/source';
import type { Stack } from './stack';
import { isMap, isScalar, Reference, Unknown, type Value, ZoneList } from './value';

/** `Ref`: a pseudo parameter, a parameter or a resource. `undefined` is `AWS::NoValue`. */
export function ref(argument: Json, stack: Stack): Value | undefined {
  if (typeof argument !== 'string') return new Unknown('Ref names nothing');
  if (argument.startsWith('AWS::')) return stack.pseudoParameter(argument);
  const parameter = stack.parameter(argument);
  if (parameter !== undefined) return parameter;
  return reference(argument, 'Ref', stack);
}

function reference(logicalId: string, attribute: string, stack: Stack): Value {
  const resource =
    stack.resources.get(logicalId) ?? stack.resources.get(stack.serverless?.names.get(logicalId) ?? '');
  if (resource) return new Reference(resource, attribute);
  const why =
    stack.unreadable[0] ?? (stack.leftOut.has(logicalId) ? `a condition leaves ${logicalId} out` : undefined);
  const reason = why ?? `${logicalId} is defined nowhere in the template`;
  return attribute === 'Ref' ? stack.unknownText(`Ref ${logicalId}`, reason) : new Unknown(reason);
}

const URL_SUFFIX = {
  'aws-cn': 'amazonaws.com.cn',
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
} as const;

/** What a pseudo parameter comes to in a stack. */
export function pseudoParameterOf(name: string, stack: Stack): Value | undefined {
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::Region':
      return stack.region ?? new Unknown('AWS::Region: the stack is bound to no region');
    case 'AWS::AccountId':
      return stack.account ?? new Unknown('AWS::AccountId: the stack is bound to no account');
    case 'AWS::Partition':
      return partition(stack.region);
    case 'AWS::URLSuffix':
      return URL_SUFFIX[partition(stack.region)];
    case 'AWS::StackName':
      return stack.name ?? new Unknown('AWS::StackName is given at deploy');
    default:
      return new Unknown(`${name} is given at deploy`);
  }
}

/** Where the region is not bound, the commercial partition is meant: all of its ARNs differ in nothing else. */
function partition(region: string | undefined): keyof typeof URL_SUFFIX {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** `Fn::GetAtt`, through nested stacks and the cross-region export reader of the CDK. */
export function getAtt(argument: Json, stack: Stack): Value {
  const [logicalId, attribute] = attributeOf(argument, stack);
  if (logicalId === undefined || attribute === undefined) return new Unknown('Fn::GetAtt names no attribute');
  const made = stack.serverless?.names.get(`${logicalId}.${attribute.split('.', 1)[0]}`);
  if (made !== undefined) return madeAttribute(made, attribute, stack);
  const resource = stack.resources.get(logicalId);
  if (!resource) return reference(logicalId, attribute, stack);
  if (resource.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.'))
    return nestedOutput(new Reference(resource, attribute), attribute.slice('Outputs.'.length));
  if (resource.type === 'Custom::CrossRegionExportReader') {
    const copied = stack.graph.crossRegionExport(attribute, stack);
    return (
      copied ?? unknownFrom(`no stack of the app writes ${attribute}`, new Reference(resource, attribute))
    );
  }
  return new Reference(resource, attribute);
}

/** `Orders.Alias` names what the serverless transform made of `Orders`, `Orders.Version.Version` an attribute of it. */
function madeAttribute(made: string, attribute: string, stack: Stack): Value {
  const dot = attribute.indexOf('.');
  return reference(made, dot < 0 ? 'Ref' : attribute.slice(dot + 1), stack);
}

function attributeOf(argument: Json, stack: Stack): readonly (string | undefined)[] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? [] : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (!Array.isArray(argument)) return [];
  const [logicalId, ...rest] = argument as readonly Json[];
  const names = rest.map((part) => stack.evaluate(part));
  const known =
    typeof logicalId === 'string' && names.length > 0 && names.every((name) => typeof name === 'string');
  return known ? [logicalId, names.join('.')] : [];
}

function nestedOutput(reference: Reference, output: string): Value {
  const { stack, logicalId } = reference.resource;
  const nested = stack.nested.get(logicalId);
  const key = `GetAtt ${logicalId}.Outputs.${output}`;
  if (!nested)
    return stack.unknownText(key, `the template of nested stack ${logicalId} is not at hand`, reference);
  return nested.output(output) ?? stack.unknownText(key, `nested stack ${logicalId} has no output ${output}`);
}

/** `Fn::GetAZs`: of the stack's own region where none is named. */
export function getAzs(argument: Json, stack: Stack): Value {
  const region = stack.evaluate(argument);
  if (
    region === undefined ||
    region === null ||
    region === '' ||
    region === stack.pseudoParameter('AWS::Region')
  )
    return new ZoneList(stack.region);
  return typeof region === 'string'
    ? new ZoneList(region)
    : new Unknown('the region of Fn::GetAZs is known only at deploy');
}

export function importValue(argument: Json, stack: Stack): Value {
  const name = stack.evaluate(argument);
  const key = `import ${(name !== undefined && tokenKey(name)) ?? ''}`;
  if (!isScalar(name) || name === null)
    return stack.unknownText(key, 'the name of an import is known only at deploy');
  return (
    stack.graph.exportNamed(String(name), stack) ??
    stack.unknownText(key, `import ${name}: no stack of the app exports it`)
  );
}

/** `Fn::GetStackOutput`: an output of a stack by name, also in another region or account. */
export function getStackOutput(argument: Json, stack: Stack): Value {
  const fields = stack.evaluate(argument);
  if (!isMap(fields)) return new Unknown('Fn::GetStackOutput names no output');
  const { StackName: name, OutputName: output, Region: region = stack.region, RoleArn: role } = fields;
  if (typeof name !== 'string' || typeof output !== 'string')
    return new Unknown('the output of Fn::GetStackOutput is known only at deploy');
  const account = typeof role === 'string' ? role.split(':')[4] : stack.account;
  const producer = stack.graph.stackNamed(name, typeof region === 'string' ? region : undefined, account);
  return producer?.output(output) ?? new Unknown(`output ${output} of stack ${name} is not in the app`);
}
