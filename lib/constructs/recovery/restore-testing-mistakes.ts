import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { type CfnResource, type Duration, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { BACKED_UP_TYPES } from './backed-up-types';
import { REBUILDABLE_TAG } from './data-class-tag';
import { RestoreTestType } from './restore-test-type';
import type { RestoreTestingProps } from './restore-testing-props';
import { isOwnData, taggedResources } from './tagged-resources';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What is wrong with the properties alone. @internal */
export function restoreTestingMistakes(props: RestoreTestingProps): Mistake[] {
  const known: readonly string[] = Object.values(RestoreTestType);
  const strange = props.resourceTypes.filter((type) => !known.includes(type));
  return [
    ...(props.resourceTypes.length === 0
      ? [
          {
            problem: 'resourceTypes is empty: nothing is restored',
            fix: 'name the types that the service keeps',
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
  const { region } = Stack.of(construct);
  const filter = {
    has: { 'resilience:service': service },
    hasNot: [[REBUILDABLE_TAG, 'true'] as const],
  };
  const stores = taggedResources(construct, filter).filter(isOwnData);
  const kept = new Map(stores.flatMap((store) => (typeOf(store) ? [[typeOf(store), store.node.path]] : [])));
  const untested = [...kept].filter(([type]) => !tested.some((each) => each === type));
  return [
    ...tested
      .filter((type) => !kept.has(type))
      .map((type) => ({
        problem: `${type} is tested, but ${service} keeps no such thing in ${region}`,
        fix: `leave ${type} out of resourceTypes, or tag the store resilience:service = ${service}`,
      })),
    ...untested.map(([type, path]) => ({
      problem: `${path} is backed up, but ${type} is not restored as a test`,
      fix: `add ${type} to resourceTypes`,
    })),
  ];
}

/** Clusters of RDS are Aurora by their engine only. */
function typeOf(store: CfnResource): string | undefined {
  const { cfnResourceType } = store;
  if (cfnResourceType !== 'AWS::RDS::DBCluster') return BACKED_UP_TYPES[cfnResourceType];
  const { engine } = store as CfnDBCluster;
  return engine === undefined || Token.isUnresolved(engine) || engine.startsWith('aurora') ? 'Aurora' : 'RDS';
}
