import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { ZoneLossLoad } from '../../../objectives/policy/capacity';
import type { Decided } from '../../../objectives/policy/decided';
import type { TierChoices } from '../../governance/tier-choices';
import { countMistakes } from '../store-choices';
import type { SearchDomainProps } from './search-domain-props';

/** How many nodes stand in how many zones. @internal */
export interface SearchShape {
  readonly zones: number;
  readonly dataNodes: number;
  readonly standby: boolean;
}

/**
 * Decides how a domain is spread over the zones of its subnets.
 *
 * @throws ConfigurationError when nodes, zones and standby do not fit together
 * @internal
 */
export function shapeOf(
  construct: Construct,
  choices: TierChoices,
  props: SearchDomainProps,
  subnets: number,
): SearchShape {
  const { zoneLossLoad } = choices.policy;
  // OpenSearch takes two zones or three; in a fourth subnet it would put nothing.
  const zones = Math.min(subnets, MOST_ZONES);
  const owed = owedNodes(choices, zones);
  const standby = choices.on({
    what: 'standby',
    owed: { ...zoneLossLoad, value: zoneLossLoad.value === ZoneLossLoad.PEAK },
    chosen: props.standby,
  });
  refuse(construct.node.path, [
    ...countMistakes('offPeakStartHour', props.offPeakStartHour, 0, 23),
    ...countMistakes('volumeSizeGiB', props.volumeSizeGiB, 10, 24_576),
    ...nameMistakes(props.domainName),
    ...zoneMistakes(zones, standby),
    ...nodeMistakes(props.dataNodes, zones, owed.value),
  ]);
  const dataNodes = choices.atLeast({ what: 'dataNodes', owed, chosen: props.dataNodes });
  return { zones, dataNodes, standby };
}

const MOST_ZONES = 3;

/** With fewer, the loss of one leaves no room for the copies of its shards. */
const LEAST_NODES = 3;

/** A tier that is owed a single unit has one node in each zone. */
function owedNodes(
  { policy: { minimumUnits, zones: owedZones } }: TierChoices,
  zones: number,
): Decided<number> {
  const asManyInEach = 'as many in each zone, with a copy of every shard in another one';
  if (minimumUnits.value < 2) return { value: zones, because: asManyInEach, source: owedZones.source };
  return {
    value: zones * Math.ceil(Math.max(minimumUnits.value, LEAST_NODES) / zones),
    because: `three at least, for with fewer the loss of one leaves no room for its shards; ${asManyInEach}`,
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-6',
  };
}

function zoneMistakes(zones: number, standby: boolean): Mistake[] {
  if (zones < 2) {
    return [
      {
        problem: 'its subnets are in one zone, so that the domain is lost with it',
        fix: 'name subnets in two zones or three',
      },
    ];
  }
  if (!standby || zones === MOST_ZONES) return [];
  return [
    {
      problem: `its subnets are in ${zones} zones, but a domain with standby needs ${MOST_ZONES}`,
      fix: `name subnets in ${MOST_ZONES} zones`,
    },
  ];
}

function nodeMistakes(dataNodes: number | undefined, zones: number, least: number): Mistake[] {
  if (dataNodes === undefined) return [];
  if (Number.isInteger(dataNodes) && dataNodes > 0 && dataNodes % zones === 0) return [];
  const next = Math.max(least, Math.ceil(dataNodes / zones) * zones);
  return [
    {
      problem: `dataNodes is ${dataNodes}, which cannot be spread evenly over ${zones} zones`,
      fix: `set dataNodes to a multiple of ${zones}, such as ${next}`,
    },
  ];
}

function nameMistakes(name: string | undefined): Mistake[] {
  if (name === undefined || /^[a-z][a-z0-9-]{2,27}$/.test(name)) return [];
  return [
    {
      problem: `domainName is "${name}"`,
      fix: 'use 3 to 28 lower-case letters, digits and hyphens, with a letter first',
    },
  ];
}
