import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { RecoveryApproach } from '../../../objectives/policy/regions';
import { RegionRole } from '../../../objectives/region-role';
import { regionalName, requireMembership, sharedName } from '../../region/membership';
import type { RegionPlace } from '../../region/region-place';
import type { CrossAccountRole } from './region-switch-props';
import type { SwitchSite } from './switch-block';

/** The two regions of a plan, and the one whose stack holds it. @internal */
export interface PlanSite extends SwitchSite {
  /** Where this part stands. */
  readonly here: RegionPlace;

  /** The region whose stack holds the plan: not the primary, which may be the one that is lost. */
  readonly home: RegionPlace;

  /** The account of this part. */
  readonly accountHere: string;
  readonly primary: string | undefined;
  readonly bothServe: boolean;
  readonly executionRoleName: string;
  readonly executionRoleArn: string;

  /** The name of the role that is made for the plan in the account of a region. */
  readonly accessRoleName: string;

  /** Accounts of regions other than that of the plan. */
  readonly ownAccounts: readonly string[];
  readonly givenRoles: readonly CrossAccountRole[];

  /** The account of one of the regions. */
  accountIn(region: string): string;
}

/**
 * @throws ConfigurationError when there are not two regions that serve or wait
 * @internal
 */
export function planSite(construct: IConstruct, givenRoles: readonly CrossAccountRole[]): PlanSite {
  const { place, peers, approach } = requireMembership(construct);
  const places = [place, ...peers].filter(({ role }) => role !== RegionRole.WITNESS).sort(inOrder);
  refuse(construct.node.path, countMistakes(places));
  const stack = Stack.of(construct);
  const accountOfPlace = (each: RegionPlace): string => each.account ?? stack.account;
  const home = places[places.length - 1] ?? place;
  const account = accountOfPlace(home);
  const accessRoleName = (region: string): string => regionalName(construct, region, MOST_ROLE_CHARACTERS);
  const executionRoleName = sharedName(construct, MOST_ROLE_CHARACTERS);
  const iam = `arn:${stack.partition}:iam::`;
  const regionOf = new Map(places.map((each) => [accountOfPlace(each), each.region]));
  return {
    here: place,
    home,
    account,
    accountHere: accountOfPlace(place),
    regions: places.map(({ region }) => region),
    primary: places.find(({ role }) => role === RegionRole.PRIMARY)?.region,
    bothServe:
      approach === RecoveryApproach.ACTIVE_ACTIVE || places.every(({ role }) => role === RegionRole.ACTIVE),
    partition: stack.partition,
    executionRoleName,
    executionRoleArn: `${iam}${account}:role/${executionRoleName}`,
    accessRoleName: accessRoleName(place.region),
    ownAccounts: [...regionOf.keys()].filter((each) => each !== account),
    givenRoles,
    accountIn: (region) => accountOfPlace(places.find((each) => each.region === region) ?? home),
    access: (other) => {
      if (other === undefined || other === account) return {};
      const given = givenRoles.find(({ roleArn }) => roleArn.split(':')[4] === other);
      if (given) return asAccess(given);
      const region = regionOf.get(other);
      return region === undefined
        ? {}
        : { crossAccountRole: `${iam}${other}:role/${accessRoleName(region)}` };
    },
  };
}

/** Accounts that the plan cannot reach. @internal */
export function accessMistakes(site: PlanSite, accounts: readonly string[]): Mistake[] {
  if (Token.isUnresolved(site.account)) return [];
  const out = [...new Set(accounts)].filter(
    (account) => account !== site.account && site.access(account).crossAccountRole === undefined,
  );
  return out.map((account) => ({
    problem: `a step touches the account ${account}, which is the account of neither region`,
    fix: `add a role of ${account} to crossAccountRoles`,
  }));
}

function asAccess({ roleArn, externalId }: CrossAccountRole): CfnPlan.AsgProperty {
  return { crossAccountRole: roleArn, ...(externalId !== undefined && { externalId }) };
}

/** The one that is lost first comes first; the last one holds the plan. */
function inOrder(one: RegionPlace, other: RegionPlace): number {
  const rank = ({ role }: RegionPlace): number => (role === RegionRole.PRIMARY ? 0 : 1);
  return rank(one) - rank(other) || (one.region < other.region ? -1 : 1);
}

function countMistakes(places: readonly RegionPlace[]): Mistake[] {
  if (places.length === 2) return [];
  return [
    {
      problem: `there are ${places.length} regions that serve or wait, but a plan switches between two`,
      fix: 'use two regions, or a plan for each pair',
    },
  ];
}

const MOST_ROLE_CHARACTERS = 64;
