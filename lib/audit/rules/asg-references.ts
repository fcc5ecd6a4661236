import { balancerValuesOf } from '../../assembly/compute/load-balancer-targets';
import { resolveTargetGroup } from '../../assembly/compute/load-balancing';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isScalar, Unknown, type Value } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const IMAGE = 'LaunchTemplateData.ImageId';

export const groupNeedsNothingFromElsewhere: Rule = {
  id: 'ASG-11',
  title: 'Auto Scaling groups and launch templates name nothing that can vanish without the app noticing.',
  kind: 'redundancy',
  why: 'When an image or target group that is only named is deleted elsewhere, the next launch fails: in an outage.',
  fix: 'refer to a resource of the app, or read the id from Systems Manager',
  severity: MEDIUM,
  appliesTo: ['AWS::AutoScaling::AutoScalingGroup', TEMPLATE],
  controls: REDUNDANCY,
  check: (resource) => (resource.type === TEMPLATE ? judgeImage(resource) : judgeBalancers(resource)),
};

function judgeBalancers(group: Resource): readonly Judgement[] {
  const values = balancerValuesOf(group);
  if (values.length === 0) return [notApplicable('the group names no load balancer or target group')];
  return values.map((value) => judgeName(value, resolveTargetGroup(value, group), propertyOf(group, value)));
}

function propertyOf(group: Resource, value: Value): string {
  const properties = ['TargetGroupARNs', 'LoadBalancerNames'];
  return properties.find((property) => [group.get(property)].flat().includes(value)) ?? 'TrafficSources';
}

function judgeImage(template: Resource): Judgement {
  const image = template.get(IMAGE);
  if (image === undefined) return notApplicable('the launch template names no image');
  if (isReadFromSystemsManager(template))
    return pass({ property: IMAGE, found: 'an image read from Systems Manager' });
  return judgeName(image, template.stack.graph.resolve(image, template), IMAGE);
}

function judgeName(value: Value, named: Resource | Unknown, property: string): Judgement {
  if (!(named instanceof Unknown)) return pass({ property, found: named.logicalId });
  if (!isScalar(value)) return unknown(property, named);
  return fail({
    property,
    found: `${String(value)}, which is not in the app`,
    needed: 'a resource of the app',
  });
}

/** Whether the image is a parameter of Systems Manager: by a dynamic reference, EC2's own form, or a typed parameter. */
function isReadFromSystemsManager({ body, stack }: Resource): boolean {
  const { LaunchTemplateData: data } = body.Properties as { LaunchTemplateData?: { ImageId?: unknown } };
  const image = data?.ImageId;
  if (typeof image === 'string') return /^(\{\{)?resolve:ssm:/.test(image);
  const { Ref: name } = Object(image) as { readonly Ref?: unknown };
  const parameters = (stack.source.template.Parameters ?? {}) as Readonly<Record<string, unknown>>;
  const parameter =
    typeof name === 'string' && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const { Type: type } = Object(parameter) as { readonly Type?: unknown };
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter');
}
