import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { Tier } from '../../objectives/tier';
import { tierPolicy } from '../../objectives/tier-policy';
import { ServiceScope } from '../governance/service-scope';
import type { Owing } from './owed';

/** What a retrofit takes. */
export interface RetrofitProps {
  /**
   * How critical that is which belongs to no declared service. A declared service has the last word on what is its own.
   *
   * @default - what belongs to no service stays as it is
   */
  readonly tier?: Tier;

  /**
   * Whether values may be written that have CloudFormation make a resource anew. What it held is lost, unless it is kept
   * and brought over.
   *
   * @default false
   */
  readonly replace?: boolean;

  /**
   * Who is told when something waits in a dead-letter queue that no alarm of the app watches: a topic to which CloudWatch may
   * publish. Queues of its region get an alarm.
   *
   * @default - nobody: such queues are said and left
   */
  readonly notifications?: ITopic;
}

/** What is owed to a construct; `undefined` where nobody says how critical it is. @internal */
export function owingOf(construct: IConstruct, tier: Tier | undefined): Owing | undefined {
  const scope = ServiceScope.of(construct);
  const owed = scope?.service.tier ?? tier;
  if (owed === undefined) return undefined;
  return { policy: tierPolicy(owed), nonProduction: scope?.nonProduction ?? false };
}

const SAID = new WeakMap<IConstruct, Set<string>>();

/** Remembers that a person wrote `undefined` on purpose, for what looks at the resource later. @internal */
export function leaveOpen(scope: IConstruct, path: string, property: string): void {
  const { root } = scope.node;
  const said = SAID.get(root) ?? new Set();
  SAID.set(root, said.add(`${path}.${property}`));
}

/** Whether a person wrote `undefined` for a property of a construct or of what it was made by. @internal */
export function isLeftOpen(construct: IConstruct, property: string): boolean {
  const said = SAID.get(construct.node.root);
  if (!said) return false;
  return construct.node.scopes.some((each) => said.has(`${each.node.path}.${property}`));
}
