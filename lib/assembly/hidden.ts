import type { Resource } from './resource';
import { isObject } from './source/json';
import type { Json } from './source/source';

/** Transforms whose result holds every resource that the template names. */
const TRANSPARENT_TRANSFORMS =
  /^AWS::(LanguageExtensions|Serverless-|SecretsManager-|CodeDeployBlueGreen|CodeStar)/;

/** Types that stand for resources that the template does not show. */
const OPAQUE_TYPES =
  /^(AWS::Serverless::Application|AWS::ServiceCatalog::CloudFormationProvisionedProduct|.*::MODULE)$/;

/** The macros that may write resources at deploy, each in words. */
export function macrosOf(transform: Json | undefined): readonly string[] {
  const names = transform === undefined ? [] : [transform].flat();
  return (names as readonly Json[])
    .map(macroName)
    .filter((name) => !TRANSPARENT_TRANSFORMS.test(name))
    .map((name) => `macro ${name} may write resources at deploy`);
}

/** The resources that stand behind one and that the template does not show, in words. */
export function hiddenBehind({ type, logicalId, stack }: Resource): readonly string[] {
  if (type === 'AWS::CloudFormation::Stack' && !stack.nested.has(logicalId))
    return [`the template of nested stack ${logicalId} is not at hand`];
  return OPAQUE_TYPES.test(type)
    ? [`${logicalId}, a ${type}, holds resources that the template does not show`]
    : [];
}

function macroName(transform: Json): string {
  const name = isObject(transform) ? transform.Name : transform;
  return typeof name === 'string' ? name : 'without a name';
}
