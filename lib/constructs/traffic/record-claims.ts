import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';

/** A record that a construct writes. @internal */
export interface RecordClaim {
  readonly hostedZoneId: string;

  /** The whole name: `shop.example.com`. */
  readonly name: string;

  /** `A`. */
  readonly type: string;

  /** How Route 53 chooses among the records of the name: `failover`. */
  readonly policy: string;

  /** Which of them it is: `PRIMARY`. */
  readonly side: string;

  /** The address or the name that it leads to; `undefined` for a resource of its own stack. */
  readonly endpoint: string | undefined;

  /** Whether it follows what people or a plan turn, and not the health of its endpoint. */
  readonly isSwitched: boolean;
}

/** A record that a plan moves with health checks of its own. @internal */
export type RecordMove = Pick<RecordClaim, 'hostedZoneId' | 'name'>;

interface Moved extends RecordMove {
  readonly by: string;
}

interface Claimed extends RecordClaim {
  readonly by: string;
  readonly account: string;
}

const CLAIMS = new WeakMap<IConstruct, Claimed[]>();
const MOVES = new WeakMap<IConstruct, Moved[]>();

/**
 * Notes who writes a record, in all stacks of the app: Route 53 would refuse the second one, or let it overwrite the first.
 *
 * @throws ConfigurationError when another construct writes the record, or one that cannot stand beside it, and when a plan
 * is to move a record that does not follow it
 * @internal
 */
export function claimRecord(construct: IConstruct, claim: RecordClaim): void {
  const { root } = construct.node;
  const claims = CLAIMS.get(root) ?? [];
  CLAIMS.set(root, claims);
  const mine = { ...claim, by: construct.node.path, account: Stack.of(construct).account };
  const clash = claims.filter((other) => isSameName(mine, other)).flatMap((other) => clashOf(mine, other))[0];
  if (clash) refuse(construct.node.path, [clash]);
  const move = MOVES.get(root)?.find((other) => isSameName(mine, other));
  if (move && !mine.isSwitched) refuse(construct.node.path, [unmoved(`it writes ${mine.name}`, move.by)]);
  warnOfOtherAccount(construct, mine, claims);
  claims.push(mine);
}

/**
 * Notes that a plan moves a record, in all stacks of the app.
 *
 * @throws ConfigurationError when the record follows the health of its endpoint, so that the plan would move nothing
 * @internal
 */
export function claimMove(construct: IConstruct, move: RecordMove): void {
  const { root, path } = construct.node;
  const found = CLAIMS.get(root)?.find((claim) => !claim.isSwitched && isSameName(move, claim));
  if (found) refuse(path, [unmoved(`${found.by} writes ${found.name}`, 'it')]);
  MOVES.set(root, [...(MOVES.get(root) ?? []), { ...move, by: path }]);
}

function unmoved(writes: string, plan: string): Mistake {
  return {
    problem: `${writes} to follow its endpoint, but ${plan} moves it with health checks of the plan: it would move nothing`,
    fix: 'set switchedBy to the check of the plan: its healthCheckOf(region), or in another stack the id in its output',
  };
}

/** A hosted zone has one owner, and CloudFormation writes records with the permissions of the stack's account. */
function warnOfOtherAccount(construct: IConstruct, mine: Claimed, claims: readonly Claimed[]): void {
  const other = claims.find(
    ({ hostedZoneId, account }) => hostedZoneId === mine.hostedZoneId && account !== mine.account,
  );
  if (!other || [other.account, mine.account].some((account) => Token.isUnresolved(account))) return;
  Annotations.of(construct).addWarningV2(
    'cdk-nines:zone-of-another-account',
    `it writes into the hosted zone ${mine.hostedZoneId} from account ${mine.account}, and ${other.by} from account ` +
      `${other.account}: one account owns the zone, and the other one's deployment will fail. Put the records into a stack ` +
      'for each region in the account that owns the zone, with endpoint as the fixed name of the region',
  );
}

/** Zones that are known at deployment only are the same where their tokens are. */
function isSameName(one: RecordMove, other: RecordMove): boolean {
  const open = [one.name, other.name].some((name) => Token.isUnresolved(name));
  const plain = ({ name }: RecordMove): string => name.toLowerCase().replace(/\.$/, '');
  const sameName = open ? one.name === other.name : plain(one) === plain(other);
  return sameName && one.hostedZoneId === other.hostedZoneId;
}

function clashOf(mine: Claimed, other: Claimed): Mistake[] {
  const { name, type, policy, side } = mine;
  if (type !== other.type) {
    if (type !== 'CNAME' && other.type !== 'CNAME') return [];
    return [
      {
        problem: `it writes ${name} as ${type}, and ${other.by} as ${other.type}: a CNAME suffers no other record`,
        fix: 'use the same type in all regions',
      },
    ];
  }
  if (policy !== other.policy) {
    return [
      {
        problem: `it writes ${name} ${type} with ${policy} routing, and ${other.by} with ${other.policy} routing`,
        fix: 'use one routing policy for all records of a name, or another name',
      },
    ];
  }
  if (side !== other.side) return sharedEndpoint(mine, other);
  return [
    {
      problem: `${other.by} writes the ${side} record of ${name} ${type} already`,
      fix: 'write each record once: give one of them another role, another name, or leave it out',
    },
  ];
}

function sharedEndpoint({ name, side, endpoint }: Claimed, other: Claimed): Mistake[] {
  if (endpoint === undefined || Token.isUnresolved(endpoint) || endpoint !== other.endpoint) return [];
  return [
    {
      problem: `the ${side} record of ${name} leads to ${endpoint}, and so does the ${other.side} one of ${other.by}`,
      fix: 'let each region lead to an endpoint of its own',
    },
  ];
}
