import {
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Stack, Token, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { keptLogs } from '../governance/log-group';
import { logRetention } from '../governance/log-retention';
import { acknowledgeControls, acknowledgeInlinePolicy } from '../governance/nag';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { membershipOf } from '../region/membership';
import type { RegionPlace } from '../region/region-place';
import { isZoneOf, zoneListMistakes } from '../region/zones';
import { isPendingZone } from './pending-lookup';

/** Properties of a {@link ResilientNetwork}. */
export interface ResilientNetworkProps extends TieredProps {
  /**
   * The zones by name; each gets a subnet of every kind.
   *
   * @default - the first zones of the enclosing region stack, as many as the tier owes
   */
  readonly availabilityZones?: string[];

  /**
   * How many NAT gateways there are, each in its own zone. A zone without one leaves by the next.
   *
   * @default - one in each zone at tiers 0 and 1, two at tier 2, one at tier 3
   */
  readonly natGateways?: number;

  /**
   * The addresses, between /16 and /21. A network that is to be joined with another needs addresses of its own.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * How long flow logs are kept. Less than a year needs `weakening`, but not in a stage that is not
   * production; for ever is refused.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly flowLogRetention?: RetentionDays;
}

/**
 * A network that survives the loss of a zone: public, private and isolated subnets in every zone that the tier owes,
 * and a way out for each. Each private subnet leaves by the NAT gateway of its own zone where there is one.
 *
 * The zones are named, never looked up: the design is the same in every synth, and `maxAzs` cannot quietly make it two.
 *
 * @throws ConfigurationError when there are fewer zones or NAT gateways than the tier owes, or zones that are not of
 * its region
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export class ResilientNetwork extends Construct {
  readonly vpc: Vpc;

  /** The zones by name. */
  readonly availabilityZones: readonly string[];

  /** All addresses, as written. */
  readonly cidr: string;

  /** Where the flow logs go. */
  readonly flowLogs: LogGroup;

  constructor(scope: Construct, id: string, props: ResilientNetworkProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    this.cidr = props.cidr ?? '10.0.0.0/16';
    this.availabilityZones = this.chooseZones(choices, props.availabilityZones);
    const natGateways = this.chooseNatGateways(choices, props.natGateways);
    this.flowLogs = keptLogs(this, 'FlowLogs', choices, {
      retention: logRetention(this, choices, props.flowLogRetention, 'flowLogRetention'),
    });
    this.vpc = withNamedZones(Stack.of(this), this.availabilityZones, () => this.createVpc(natGateways));
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'The zones are named on purpose: the same in every synth, without asking the account.',
    });
    acknowledgeInlinePolicy(this.vpc);
    acknowledgeControls(
      this.vpc,
      ['VPCNoUnrestrictedRouteToIGW'],
      'The public subnets are for load balancers and NAT gateways, which serve and reach the internet; all else is private.',
    );
  }

  private chooseZones(choices: TierChoices, named: string[] | undefined): readonly string[] {
    const { zones, minimumZones } = choices.policy;
    const place = membershipOf(this)?.place;
    const ofRegion = place?.availabilityZones;
    if (!named && place) refuse(this.node.path, witnessMistakes(place));
    const available = named ?? ofRegion?.slice(0, zones.value);
    if (!available) {
      throw new ConfigurationError({
        path: this.node.path,
        problem: `the zones are not known: ${zones.value} are needed at tier ${choices.tier}, none is named`,
        fix: `set availabilityZones to ${zones.value} names, or build the stack with a RegionSet`,
      });
    }
    refuse(this.node.path, zoneListMistakes(available));
    this.refuseRepeated(available);
    refuse(this.node.path, strangeZones(available, Stack.of(this).region));
    const asOwed = named === undefined && available.length === zones.value;
    choices.atLeast({
      what: 'availabilityZones',
      owed: zones,
      limit: minimumZones,
      chosen: asOwed ? undefined : available.length,
    });
    return available;
  }

  private chooseNatGateways(choices: TierChoices, chosen: number | undefined): number {
    const { natGateways, zones } = choices.policy;
    const count = this.availabilityZones.length;
    refuse(this.node.path, gatewayMistakes(chosen, count));
    const onePerZone = natGateways.value >= zones.value;
    const owed = { ...natGateways, value: onePerZone ? count : Math.min(natGateways.value, count) };
    return choices.atLeast({ what: 'natGateways', owed, chosen });
  }

  private createVpc(natGateways: number): Vpc {
    const subnetConfiguration = subnetsOf(this.prefixLength());
    return new Vpc(this, 'Vpc', {
      availabilityZones: [...this.availabilityZones],
      ipAddresses: IpAddresses.cidr(this.cidr),
      natGateways,
      subnetConfiguration,
      flowLogs: {
        All: {
          destination: FlowLogDestination.toCloudWatchLogs(this.flowLogs),
          trafficType: FlowLogTrafficType.ALL,
        },
      },
    });
  }

  private prefixLength(): number {
    const prefix = Number(/\/(\d+)$/.exec(this.cidr)?.[1]);
    refuse(this.node.path, addressMistakes(this.cidr, prefix));
    if (prefix >= LARGEST_PREFIX && prefix <= SMALLEST_PREFIX) return prefix;
    throw new ConfigurationError({
      path: this.node.path,
      problem: `cidr is ${this.cidr}, which is no network between /${LARGEST_PREFIX} and /${SMALLEST_PREFIX}`,
      fix: `set cidr to a network such as 10.0.0.0/${LARGEST_PREFIX}`,
    });
  }

  private refuseRepeated(zones: readonly string[]): void {
    const repeated = zones.find((zone, at) => !Token.isUnresolved(zone) && zones.indexOf(zone) !== at);
    if (repeated === undefined) return;
    throw new ConfigurationError({
      path: this.node.path,
      problem: `availabilityZones names ${repeated} twice: ${new Set(zones).size} zones, not ${zones.length}`,
      fix: 'name each zone once',
    });
  }
}

/** Addresses that are none, or that stand within the network that they are to name. */
function addressMistakes(cidr: string, prefix: number): Mistake[] {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\//.exec(cidr)?.slice(1).map(Number);
  const isAddress = octets?.every((each) => each <= 255) ?? false;
  const address = (octets ?? []).reduce((sum, each) => sum * 256 + each, 0);
  if (!Number.isFinite(prefix) || (isAddress && address % 2 ** (32 - prefix) === 0)) return [];
  return [
    {
      problem: isAddress
        ? `cidr is ${cidr}, which is an address within a network`
        : `cidr is ${cidr}, which is no IPv4 network`,
      fix: 'set cidr to the first address of a network, such as 10.0.0.0/16',
    },
  ];
}

/** What is wrong with a number of NAT gateways in so many zones. */
function gatewayMistakes(chosen: number | undefined, zones: number): Mistake[] {
  if (chosen === undefined) return [];
  const fix = `set natGateways to a whole number from 1 to ${zones}`;
  if (Token.isUnresolved(chosen)) return [{ problem: 'natGateways is known at deployment only', fix }];
  if (Number.isInteger(chosen) && chosen >= 1 && chosen <= zones) return [];
  return [{ problem: `natGateways is ${chosen}, but there are ${zones} zones to put them in`, fix }];
}

/** A witness has no zones unless somebody names them: more of them are not what is wanted. */
function witnessMistakes({ role, availabilityZones }: RegionPlace): Mistake[] {
  if (role !== RegionRole.WITNESS || availabilityZones.length > 0) return [];
  return [
    {
      problem: 'a witness region serves nobody, and has no zones',
      fix: 'build it in the other regions only',
    },
  ];
}

/** Zones of another region; nothing is said where the region or a zone is known at deployment only. */
function strangeZones(zones: readonly string[], region: string): Mistake[] {
  if (Token.isUnresolved(region)) return [];
  const strange = zones.filter(
    (zone) => !Token.isUnresolved(zone) && !isPendingZone(zone) && !isZoneOf(zone, region),
  );
  if (strange.length === 0) return [];
  return [
    {
      problem: `availabilityZones names ${strange.map(quoted).join(', ')}, but the stack is in ${region}`,
      fix: `name zones of ${region}, such as ${region}a`,
    },
  ];
}

/** The largest network that AWS gives, and the smallest whose public subnets still hold a load balancer (/27). */
const LARGEST_PREFIX = 16;
const SMALLEST_PREFIX = 21;

/** In each zone a sixteenth of the addresses for compute and a sixty-fourth for each of the rest: the six zones of the largest region fit. */
function subnetsOf(prefix: number): SubnetConfiguration[] {
  return [
    { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: prefix + 6, mapPublicIpOnLaunch: false },
    { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: prefix + 4 },
    { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: prefix + 6 },
  ];
}

/**
 * A `Vpc` compares the zones it is given with those of its stack, and a stack that does not know them makes the CLI ask
 * the account. While the network is made, the named zones are the answer.
 */
function withNamedZones<T>(stack: Stack, zones: readonly string[], make: () => T): T {
  Object.defineProperty(stack, 'availabilityZones', { configurable: true, get: () => [...zones] });
  try {
    return make();
  } finally {
    Reflect.deleteProperty(stack, 'availabilityZones');
  }
}
