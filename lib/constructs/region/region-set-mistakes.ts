import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import { RecoveryApproach } from '../../objectives/policy/regions';
import { unknownRegionMistakes } from '../../objectives/region-code';
import { RegionRole } from '../../objectives/region-role';
import type { Residency } from '../../objectives/residency';
import { noServiceMistakes } from '../../objectives/service';
import { accountMistakes } from './account-mistakes';
import type { RegionPlace } from './region-place';
import type { RegionalProps } from './regional-props';
import { stackMistakes } from './stack-mistakes';
import { isZoneOf } from './zones';

/** Everything in which a set of regions contradicts itself, its service or what AWS has. @internal */
export function regionSetMistakes(
  set: Construct,
  props: RegionalProps,
  regions: readonly RegionPlace[],
): Mistake[] {
  const noService = noServiceMistakes(props.service);
  const residency = noService.length > 0 ? undefined : props.service.residency;
  return [
    ...noService,
    ...nameMistakes(set, props.name),
    ...accountMistakes('account', props.account),
    ...regions.flatMap(({ region, account }) => accountMistakes(`the account of ${region}`, account)),
    ...stackMistakes(set, props, regions),
    ...codeMistakes(regions),
    ...partitionMistakes(regions),
    ...roleMistakes(regions),
    ...regions.flatMap((place) => zoneMistakes(place)),
    ...regions.flatMap(({ region }) => residencyMistakes(region, residency)),
  ];
}

/** Whether the regions are such that it says something to count them. @internal */
export function canBeCounted(regions: readonly RegionPlace[]): boolean {
  return codeMistakes(regions).length + roleMistakes(regions).length === 0;
}

/** @internal */
export function approachMistakes(approach: RecoveryApproach | undefined): Mistake[] {
  const known = Object.values(RecoveryApproach);
  if (approach === undefined || known.includes(approach)) return [];
  return [
    {
      problem: `${quoted(approach)} is no approach to recovery`,
      fix: `write one of RecoveryApproach: ${known.join(', ')}`,
    },
  ];
}

function nameMistakes({ node: { id } }: Construct, name: string | undefined): Mistake[] {
  const fix = `write letters and digits, or leave it out: the id ${id} stands there then`;
  if (name === undefined) return [];
  if (Token.isUnresolved(name)) return [{ problem: 'the name of the set is known at deployment only', fix }];
  return /[a-z0-9]/i.test(name)
    ? []
    : [{ problem: `the name ${quoted(name)} has no letter and no digit`, fix }];
}

function codeMistakes(regions: readonly RegionPlace[]): Mistake[] {
  const codes = regions.map(({ region }) => region);
  const mistakes = unknownRegionMistakes(codes.filter((region) => !Token.isUnresolved(region)));
  if (codes.some((region) => Token.isUnresolved(region))) {
    mistakes.push({
      problem: 'the code of a region is known at deployment only',
      fix: 'write the code: eu-west-1',
    });
  }
  for (const region of repeated(codes)) {
    mistakes.push({
      problem: `${region} is named twice`,
      fix: `name ${region} once: two regions fail together if they are one`,
    });
  }
  return mistakes;
}

/** Accounts, keys and copies end where a partition does. */
function partitionMistakes(regions: readonly RegionPlace[]): Mistake[] {
  const partitions = regions.map(({ region }) => awsRegion(region)?.partition);
  const known = [...new Set(partitions.filter((each) => each !== undefined))];
  if (known.length < 2) return [];
  return [
    {
      problem: `the regions are of the partitions ${known.join(' and ')}: nothing is copied from one to the other`,
      fix: 'use regions of one partition',
    },
  ];
}

const ROLES: readonly RegionRole[] = Object.values(RegionRole);

function roleMistakes(regions: readonly RegionPlace[]): Mistake[] {
  const strange = regions.filter(({ role }) => !ROLES.includes(role));
  if (strange.length > 0) {
    return strange.map(({ region, role }) => ({
      problem: `${quoted(role)} is no role of ${region}`,
      fix: `write one of RegionRole: ${ROLES.join(', ')}`,
    }));
  }
  const count = (role: RegionRole): number => regions.filter((place) => place.role === role).length;
  const primary = count(RegionRole.PRIMARY);
  const standby = count(RegionRole.STANDBY);
  const active = count(RegionRole.ACTIVE);
  if (primary + active === 0) {
    return [{ problem: 'no region serves', fix: 'give one region the role primary, or all of them active' }];
  }
  if (active > 0 && primary + standby > 0) {
    return [
      {
        problem: `${active} active and ${primary + standby} primary or standby regions: users would not know where to go`,
        fix: 'use primary and standby, or active for all that serve',
      },
    ];
  }
  if (primary > 1) {
    return [{ problem: `${primary} regions are primary`, fix: 'make one primary, or all of them active' }];
  }
  return [];
}

/** Apps that no compiler checks leave the zones out. */
function zoneMistakes({ region, role, availabilityZones = [] }: RegionPlace): Mistake[] {
  if (!Array.isArray(availabilityZones)) {
    return [
      {
        problem: `availabilityZones of ${region} are ${quoted(availabilityZones)}, which is no list`,
        fix: `write a list: ['${region}a', '${region}b', '${region}c']`,
      },
    ];
  }
  const mistakes: Mistake[] = [];
  const strange = availabilityZones.filter((zone) => !Token.isUnresolved(zone) && !isZoneOf(zone, region));
  // A region that is not known is refused as such.
  if (availabilityZones.length === 0 && role !== RegionRole.WITNESS && awsRegion(region)) {
    mistakes.push({
      problem: `${region} has no zones`,
      fix: `name them in availabilityZones, as your account sees them: ${region}a, ${region}b, ${region}c`,
    });
  }
  if (strange.length > 0) {
    mistakes.push({
      problem: `${strange.map(quoted).join(', ')} is no zone of ${region}`,
      fix: `write zones such as ${region}a`,
    });
  }
  for (const zone of repeated(availabilityZones)) {
    mistakes.push({ problem: `the zone ${zone} is named twice`, fix: `name ${zone} once` });
  }
  return mistakes;
}

function residencyMistakes(region: string, residency: Residency | undefined): Mistake[] {
  // A region that is not known is refused as such.
  if (!residency || !awsRegion(region) || residency.allows(region)) return [];
  const only = `data may lie in ${[...residency.regions, ...residency.countries].join(', ')} only`;
  return [{ problem: `${only}, and ${region} is not there`, fix: 'use a region that the residency allows' }];
}
