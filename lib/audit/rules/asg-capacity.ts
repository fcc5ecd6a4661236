import { simplePoliciesOf } from '../../assembly/compute/simple-scaling';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { addressesOf, addressesPerInstance } from '../../assembly/network/subnet-addresses';
import { valuesAt } from '../../assembly/network/zones';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { negated, someTruth } from '../../assembly/truth';
import { describe, isMap, Unknown, type Value } from '../../assembly/value';
import { CAPACITY } from '../control-families';
import type { Rule } from '../rule';
import { INFO, LOW, MEDIUM } from '../severity';

const GROUP = ['AWS::AutoScaling::AutoScalingGroup'];
const TEMPLATE_NAMES = [
  'LaunchTemplate',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification',
].flatMap((path) => [`${path}.LaunchTemplateId`, `${path}.LaunchTemplateName`]);
const OVERRIDES = 'MixedInstancesPolicy.LaunchTemplate.Overrides';

export const cooldownIsSet: Rule = {
  id: 'ASG-05',
  title: 'Auto Scaling groups wait between two simple scaling steps.',
  kind: 'capacity',
  why: 'Without a pause simple scaling reacts to load that a step has not yet taken. The default of 300 s fits few.',
  fix: 'set Cooldown to the time after which a new instance carries load',
  severity: INFO,
  appliesTo: GROUP,
  controls: CAPACITY,
  sources: ['https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scaling-cooldowns.html'],
  check: (group) => {
    const { resources: policies, unknowns } = simplePoliciesOf(group);
    // A policy with a cooldown of its own does not take that of the group.
    const heeding = policies.map((policy) => negated(isSet(policy, 'Cooldown')));
    const heeds = someTruth([...heeding, ...unknowns]);
    if (heeds === false) return notApplicable('no simple scaling policy takes its cooldown');
    const judged = judgeCooldown(group);
    return judged.outcome === 'fail' && heeds instanceof Unknown ? unknown('Cooldown', heeds) : judged;
  },
};

function judgeCooldown(group: Resource): Judgement {
  const cooldown = group.get('Cooldown');
  const judged = group.atLeast('Cooldown', 1, { unit: 's' });
  // Whoever gives a time at deploy has set one; a condition may still choose none.
  const chosen = cooldown instanceof Unknown && cooldown.alternatives !== undefined;
  return judged.outcome === 'unknown' && !chosen ? group.isSet('Cooldown') : judged;
}

export const spotCapacityIsRebalanced: Rule = {
  id: 'ASG-07',
  title: 'Auto Scaling groups with several instance types replace Spot Instances before they are taken away.',
  kind: 'capacity',
  why: 'Spot Instances are taken away two minutes after notice, many at once: without rebalancing nothing is started before.',
  fix: 'set CapacityRebalance to true',
  severity: MEDIUM,
  appliesTo: GROUP,
  controls: CAPACITY,
  check: (group) => {
    const policy = group.get('MixedInstancesPolicy');
    if (policy === undefined) return notApplicable('the group has one instance type and no Spot Instances');
    const rebalanced = group.is('CapacityRebalance', true, { default: false });
    const open = policy instanceof Unknown && policy.maybeAbsent;
    return open && rebalanced.outcome === 'fail' ? unknown('MixedInstancesPolicy', policy) : rebalanced;
  },
};

export const groupTakesSeveralTypes: Rule = {
  id: 'ASG-08',
  title: 'Auto Scaling groups may start instances of at least two types.',
  kind: 'capacity',
  why: 'When a zone runs out of the only instance type, the group cannot replace or add an instance.',
  fix: 'list at least two instance types, or instance requirements, as overrides of a mixed instances policy',
  severity: LOW,
  appliesTo: GROUP,
  controls: CAPACITY,
  check: (group) => {
    const policy = group.get('MixedInstancesPolicy');
    if (policy instanceof Unknown) return unknown('MixedInstancesPolicy', policy);
    if (policy === undefined)
      return fail({ property: 'MixedInstancesPolicy', found: 'one instance type', needed: 'at least 2' });
    const overrides = group.list(OVERRIDES);
    return overrides instanceof Unknown ? unknown(OVERRIDES, overrides) : judgeTypes(overrides);
  },
};

export const groupUsesLaunchTemplate: Rule = {
  id: 'ASG-09',
  title: 'Auto Scaling groups start instances from a launch template.',
  kind: 'capacity',
  why: 'Launch configurations take no new instance types and no second one: the group cannot evade a lack of capacity.',
  fix: 'replace the launch configuration by a launch template',
  severity: LOW,
  appliesTo: GROUP,
  controls: CAPACITY,
  check: (group) => {
    const configuration = group.isSet('LaunchConfigurationName');
    if (configuration.outcome === 'pass') return withoutTemplate('a launch configuration');
    const template = any(...TEMPLATE_NAMES.map((path) => group.isSet(path)));
    if (template.outcome === 'fail') return withoutTemplate('no launch template');
    return template.outcome === 'pass' && configuration.outcome === 'unknown' ? configuration : template;
  },
};

export const subnetsHoldGroup: Rule = {
  id: 'ASG-10',
  title: 'The subnets of an Auto Scaling group have addresses for its maximum size.',
  kind: 'capacity',
  why: 'Without a free address no instance starts: the group stops growing in the middle of a peak.',
  fix: 'give the group larger or more subnets, or lower MaxSize',
  severity: MEDIUM,
  appliesTo: GROUP,
  controls: CAPACITY,
  check: (group) => {
    const size = group.number('MaxSize');
    if (size === undefined || size instanceof Unknown)
      return unknown('MaxSize', size ?? 'MaxSize is not set');
    const { least, most, why } = addressesOf(group);
    const each = addressesPerInstance(group);
    const needed = size * each.least;
    if (least >= size * each.most) return pass({ property: 'MaxSize', found: `${least} usable addresses` });
    const open = why ?? each.why ?? 'how many addresses an instance takes depends on its launch template';
    const doubt = unitsOf(group) ?? (most >= needed ? open : undefined);
    if (doubt !== undefined) return unknown('MaxSize', doubt);
    return fail({
      property: 'MaxSize',
      found: `${most} usable addresses in its subnets`,
      needed: `${needed} addresses for ${size} instances`,
    });
  },
};

function withoutTemplate(found: string): Judgement {
  return fail({ property: 'LaunchTemplate', found, needed: 'a launch template' });
}

function judgeTypes(overrides: readonly Value[]): Judgement {
  const property = 'MixedInstancesPolicy';
  const entries = overrides.filter(isMap);
  if (entries.some(({ InstanceRequirements: requirements }) => isMap(requirements)))
    return pass({ property });
  const types = entries.map(({ InstanceType: type }) => type);
  const known = new Set(types.filter((type) => typeof type === 'string'));
  if (known.size >= 2) return pass({ property, found: `${known.size} instance types` });
  const lost = [...overrides, ...types].find((item) => item instanceof Unknown);
  if (lost instanceof Unknown) return unknown(property, lost);
  const found = known.size === 1 ? `1 instance type (${[...known].join()})` : 'no instance type';
  return fail({ property, found, needed: 'at least 2, or instance requirements' });
}

/** Why the size of a group may count something other than instances. */
function unitsOf(group: Resource): Unknown | undefined {
  const type = group.get('DesiredCapacityType') ?? 'units';
  if (type instanceof Unknown) return type;
  if (type !== 'units') return new Unknown(`the group's size counts ${describe(type)}, not instances`);
  const weights = valuesAt(group, `${OVERRIDES}.*.WeightedCapacity`);
  return weights.length > 0 ? new Unknown("the group's size counts weights, not instances") : undefined;
}
