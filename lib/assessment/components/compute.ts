import { balancerValuesOf } from '../../assembly/compute/load-balancer-targets';
import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { disksOf, startsDataVolumes } from '../../assembly/data/instance-disks';
import { attachedTo } from '../../assembly/data/stateful-protections';
import type { ZoneSet } from '../../assembly/network/zones';
import { exactly } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { isMap } from '../../assembly/value';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { inOneZone } from './agreement';
import { outgoingFail } from './outgoing';
import { INSTANCE, type StandingUnits, unitsFail } from './units/spread-units';
import { zoneNeedsFail } from './zone-needs';
import { zonesHeld } from './zones-held';

/** Instances that are spread over zones. */
const GROUP: Component = {
  types: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EKS::Nodegroup'],
  part: 'work',
  fails: (group, model) =>
    anyOf(groupFails(group, model), spotFails(group, model), outgoingFail(group, model)),
};

const SINGLE: Component = {
  types: ['AWS::EC2::Instance'],
  part: 'work',
  fails: (instance, model) => {
    const [zone = `${regionKey(instance)}#0`] = model.zoneNames(instance, instance.zones);
    return anyOf(
      model.zonal(instance, zone, INSTANCE),
      ...volumesOf(instance, model).map((volume) => model.of(volume)),
      zoneNeedsFail(instance, model, zone),
      outgoingFail(instance, model),
    );
  },
};

/** A volume stands in one zone, as the instance does that it is attached to. */
const VOLUME: Component = {
  types: ['AWS::EC2::Volume'],
  part: 'support',
  fails: (volume, model) => inOneZone(volume, model, model.assumption('withoutAgreement'), zonesOf(volume)),
};

export const COMPUTE: readonly Component[] = [GROUP, SINGLE, VOLUME];

function zonesOf(volume: Resource): ZoneSet {
  const [instance] = attachedTo(volume);
  return instance && volume.zones.unknowns.length > 0 ? instance.zones : volume.zones;
}

/** The volumes that an instance writes on. Of the one that it starts from nothing tells what is on it. */
function volumesOf(instance: Resource, model: Modelling): readonly Resource[] {
  const { attached, own, local } = disksOf(instance);
  if (attached.length === 0 && own === false && local === undefined)
    model.assume(
      `${nameOf(instance)} is taken to keep no data: it has no volume but the one that it starts from`,
      instance,
    );
  return attached;
}

/**
 * What takes so many instances of a group away that the others do not carry the peak.
 *
 * @param served the zones whose instances get any work. Default: all
 */
export function groupFails(group: Resource, model: Modelling, served?: ReadonlySet<string>): Failure {
  const standing = groupStanding(group, model, served);
  return 'kind' in standing ? standing : unitsFail(group, standing, model);
}

/** The instances of a group; of which nothing is known, what makes it fail. */
export function groupStanding(
  group: Resource,
  model: Modelling,
  served?: ReadonlySet<string>,
): StandingUnits | Failure {
  const minimum = minimumUnitsOf(group);
  if (typeof minimum === 'string') {
    model.assume(`${nameOf(group)}: ${minimum}; it counts as one instance`, group);
    return model.regional(group, INSTANCE);
  }
  noteHealth(group, model);
  noteVolumes(group, model);
  const desired = group.number('DesiredCapacity');
  const kept = minimum.units.most === 0 && typeof desired === 'number' && desired > 0;
  if (kept)
    model.assume(
      `${nameOf(group)} keeps one instance of its DesiredCapacity of ${desired}, though it may go down to 0`,
      group,
    );
  // Who may go down to none is counted as no more than who keeps one.
  const units = kept ? exactly(1) : minimum.units;
  const zones = zonesHeld(group, model, Math.max(minimum.zones.least, 1));
  return { noun: minimum.noun, units, zones, ...(served && { served }) };
}

/** An instance that is replaced starts with empty volumes. */
function noteVolumes(group: Resource, model: Modelling): void {
  if (startsDataVolumes(group))
    model.assume(
      `what instances of ${nameOf(group)} write on their volumes is taken to be kept elsewhere, too: those in their place start with empty ones`,
      group,
    );
}

/** An instance that answers no more is replaced only where somebody asks it. */
function noteHealth(group: Resource, model: Modelling): void {
  const type = group.text('HealthCheckType');
  const balanced = balancerValuesOf(group).length > 0;
  if (balanced && (type === undefined || type === 'EC2'))
    model.assume(
      `${nameOf(group)} does not replace instances that its load balancer finds broken: its health check is that of EC2`,
      group,
    );
}

/** Instances that are only lent may all be taken back at once. */
export function spotFails(group: Resource, model: Modelling): Failure {
  if (!isSpotOnly(group)) return anyOf();
  model.assume(`${nameOf(group)} runs on Spot only: AWS may take all of it back at once`, group);
  return model.own(group, model.assumption('withoutAgreement'), { id: 'spot', what: 'the Spot capacity' });
}

function isSpotOnly(group: Resource): boolean {
  if (group.text('CapacityType') === 'SPOT') return true;
  const policy = group.get('MixedInstancesPolicy.InstancesDistribution');
  if (!isMap(policy)) return false;
  const { OnDemandBaseCapacity: base = 0, OnDemandPercentageAboveBaseCapacity: share = 100 } = policy;
  return Number(base) === 0 && Number(share) === 0;
}
