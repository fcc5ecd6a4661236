import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { type CfnResource, type Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { regionInWords } from '../governance/left-open';
import { BACKED_UP_TYPES } from './backed-up-types';
import { REBUILDABLE_TAG } from './data-class-tag';
import { RestoreTestType } from './restore-test-type';
import type { RestoreTestingProps } from './restore-testing-props';
import { isOwnData, resourcesToBeTagged, type TagFilter, taggedResources } from './tagged-resources';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What is wrong with the properties alone. @internal */
export function restoreTestingMistakes(props: RestoreTestingProps): Mistake[] {
  const known: readonly string[] = Object.values(RestoreTestType);
  const { resourceTypes } = props;
  const strange = (resourceTypes ?? []).filter((type) => !known.includes(type));
  return [
    ...(resourceTypes?.length === 0
      ? [
          {
            problem: 'resourceTypes is empty: nothing is restored',
            fix: 'leave it out: all types that the service keeps are restored',
          },
        ]
      : []),
    ...strange.map((type) => ({
      problem: `${quoted(type)} is no type that AWS Backup restores as a test`,
      fix: `use one of ${known.join(', ')}`,
    })),
    ...rangeMistakes('interval', props.interval, { unit: DAY, least: 1, most: 366 }),
    ...rangeMistakes('selectionWindow', props.selectionWindow, { unit: DAY, least: 1, most: 365 }),
    ...rangeMistakes('startWindow', props.startWindow, { unit: HOUR, least: 1, most: 168 }),
    ...rangeMistakes('validationWindow', props.validationWindow, { unit: HOUR, least: 1, most: 168 }),
    ...networkMistakes(props),
  ];
}

interface Range {
  readonly unit: number;
  readonly least: number;
  readonly most: number;
}

function rangeMistakes(what: string, span: Duration | undefined, { unit, least, most }: Range): Mistake[] {
  if (span === undefined || span.isUnresolved()) return [];
  const count = span.toSeconds() / unit;
  if (Number.isInteger(count) && count >= least && count <= most) return [];
  return [
    {
      problem: `${what} is ${formatSeconds(span.toSeconds())}`,
      fix: `set ${what} to whole ${unit === DAY ? 'days' : 'hours'} from ${least} to ${most}`,
    },
  ];
}

function networkMistakes({ vpc, securityGroup }: RestoreTestingProps): Mistake[] {
  if (securityGroup && !vpc) {
    return [
      {
        problem: 'securityGroup is set without its vpc',
        fix: 'give the vpc too, or leave securityGroup out',
      },
    ];
  }
  if (!vpc || vpc.isolatedSubnets.length >= 2) return [];
  return [
    {
      problem: `vpc has ${vpc.isolatedSubnets.length} isolated subnets: a restored copy could reach, and be reached`,
      fix: 'give a network with 2 isolated subnets in two zones, or leave vpc out',
    },
  ];
}

/** The types of which the service will keep something in the region of a construct, in alphabetical order. @internal */
export function keptTypes(construct: Construct, service: string): RestoreTestType[] {
  const stores = resourcesToBeTagged(construct, ofService(service)).filter(isOwnData);
  return [...new Set(stores.flatMap((store) => typeOf(store) ?? []))].sort();
}

interface Kept {
  readonly kept: readonly RestoreTestType[];

  /** Those that are restored. */
  readonly types: readonly RestoreTestType[];
}

/** That nothing would be restored. @internal */
export function nothingMistakes(construct: Construct, service: string, { kept, types }: Kept): Mistake[] {
  if (types.length > 0) return [];
  const region = regionInWords(construct);
  if (kept.length > 0) {
    return [
      {
        problem: `nothing is restored: ${service} keeps other types in ${region} than resourceTypes names`,
        fix: `name ${kept.join(', ')} in resourceTypes, or leave it out`,
      },
    ];
  }
  return [
    {
      problem: `nothing is restored: ${service} keeps nothing in ${region} that AWS Backup restores as a test`,
      fix: `build a store in ${region}, or set restores to false here`,
    },
  ];
}

/**
 * Types that are tested and have no store, and types that have one and are not tested. Asked once the aspects have set
 * the tags.
 *
 * @internal
 */
export function untestedMistakes(
  construct: Construct,
  service: string,
  tested: readonly RestoreTestType[],
): Mistake[] {
  const region = regionInWords(construct);
  const stores = taggedResources(construct, ofService(service)).filter(isOwnData);
  const kept = new Map(stores.flatMap((store) => (typeOf(store) ? [[typeOf(store), store.node.path]] : [])));
  const untested = [...kept].filter(([type]) => !tested.some((each) => each === type));
  return [
    // An aspect took the tag away after the tests were built.
    ...tested
      .filter((type) => !kept.has(type))
      .map((type) => ({
        problem: `${type} is tested, but ${service} keeps no such thing in ${region}`,
        fix: `name the other types in resourceTypes, or tag the store resilience:service = ${service}`,
      })),
    ...untested.map(([type, path]) => ({
      problem: `${path} is backed up, but ${type} is not restored as a test`,
      fix: `add ${type} to resourceTypes, or leave resourceTypes out`,
    })),
  ];
}

function ofService(service: string): TagFilter {
  return { has: { 'resilience:service': service }, hasNot: [[REBUILDABLE_TAG, 'true']] };
}

/** Clusters of RDS are Aurora by their engine only. */
function typeOf(store: CfnResource): RestoreTestType | undefined {
  const { cfnResourceType } = store;
  if (cfnResourceType !== 'AWS::RDS::DBCluster') return BACKED_UP_TYPES[cfnResourceType];
  const { engine } = store as CfnDBCluster;
  const isAurora = engine === undefined || Token.isUnresolved(engine) || engine.startsWith('aurora');
  return isAurora ? RestoreTestType.AURORA : RestoreTestType.RDS;
}
