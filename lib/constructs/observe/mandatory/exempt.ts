import type { CfnResource } from 'aws-cdk-lib/core';
import { propertiesOf, refersTo, resourcesIn } from './template-view';

/** Whether the metrics of a resource are nobody's business, as rule X-70 has it. @internal */
export function isExempt(resource: CfnResource): boolean {
  return EXEMPTIONS[resource.cfnResourceType]?.(resource) ?? false;
}

const EXEMPTIONS: Readonly<Record<string, (resource: CfnResource) => boolean>> = {
  'AWS::Lambda::Function': (fn) => handlersOfDeploys(fn).includes(fn),
  'AWS::RDS::DBInstance': (instance) => {
    const { DBClusterIdentifier: cluster, Engine: engine } = propertiesOf(instance);
    return cluster !== undefined || /^(aurora|neptune|docdb)/i.test(String(engine ?? ''));
  },
  // The target groups of others are watched.
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (balancer) =>
    (propertiesOf(balancer).Type ?? 'application') !== 'application',
  // The function is watched itself.
  'AWS::ElasticLoadBalancingV2::TargetGroup': (group) => propertiesOf(group).TargetType === 'lambda',
};

/** The functions that custom resources call, and those that only such functions call: they run while a stack is deployed. */
function handlersOfDeploys({ node: { root } }: CfnResource): readonly CfnResource[] {
  const tokens = resourcesIn(root)
    .filter(({ cfnResourceType: type }) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type))
    .map((each) => propertiesOf(each).ServiceToken);
  const functions = resourcesIn(root, 'AWS::Lambda::Function');
  const direct = functions.filter((fn) => tokens.some((token) => refersTo(token, fn)));
  const environments = direct.map((fn) => propertiesOf(fn).Environment);
  return functions.filter((fn) => direct.includes(fn) || environments.some((each) => refersTo(each, fn)));
}
