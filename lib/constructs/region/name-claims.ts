import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { RegionPlace } from './region-place';

/** A physical name as it is before it is shortened. @internal */
export interface NameClaim {
  readonly name: string;

  /** Stage, service and set, with which it begins. */
  readonly prefix: string;

  /** The stack below which ids count. */
  readonly owner: IConstruct;

  /** The place of that stack in its set of regions; `undefined` in no set. */
  readonly place: RegionPlace | undefined;
}

interface Claimed extends NameClaim {
  readonly by: IConstruct;
}

const CLAIMS = new WeakMap<IConstruct, Map<string, Claimed>>();

/**
 * Notes that a construct has a physical name, in all stacks and stages of the app: AWS would refuse the second one, or hand
 * out what belongs to the first.
 *
 * @throws ConfigurationError when another construct of the same account and region has it
 * @internal
 */
export function claimName(construct: IConstruct, claim: NameClaim): void {
  const { root, path } = construct.node;
  const claims = CLAIMS.get(root) ?? new Map<string, Claimed>();
  CLAIMS.set(root, claims);
  const { account, region } = Stack.of(construct);
  const key = [account, region, claim.name].join('|');
  const other = claims.get(key);
  if (!other) claims.set(key, { ...claim, by: construct });
  if (!other || other.by === construct) return;
  const open = [account, region].some((each) => Token.isUnresolved(each));
  const where = open ? 'the region and account of both' : `${region} of account ${account}`;
  throw new ConfigurationError({
    path,
    problem: `its physical name ${claim.name} is that of ${other.by.node.path} as well, in ${where}: AWS has a name once`,
    fix: fixOf({ ...claim, by: construct }, other),
  });
}

function fixOf(mine: Claimed, other: Claimed): string {
  const [here, there] = [Stage.of(mine.by), Stage.of(other.by)];
  if (here !== there && here?.stageName === there?.stageName)
    return `give one of the stages ${there?.node.path} and ${here?.node.path} another stageName`;
  if (mine.prefix !== other.prefix || isOfOneSet(mine, other))
    return `give ${mine.by.node.path} or ${other.by.node.path} another id`;
  return mine.place || other.place
    ? 'give the set of one of them another id, or a name'
    : 'give the stack of one of them another id';
}

/** A set may have several stacks in a region, and all have the place of that region. */
function isOfOneSet(mine: Claimed, other: Claimed): boolean {
  return mine.owner === other.owner || (mine.place !== undefined && mine.place === other.place);
}
