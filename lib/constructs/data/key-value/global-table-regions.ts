import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { formatSeconds, Span } from '../../../calculus/time-span';
import type { Mistake } from '../../../objectives/mistakes';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { Replication } from '../../../objectives/replication';
import { ServiceScope } from '../../governance/service-scope';
import { homeMistakes } from '../home-region';
import type { Twins } from '../twin';
import type { GlobalTableProps } from './global-table';

/** Only within one of these can a table be strongly consistent. */
const REGION_SETS: readonly (readonly string[])[] = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

/** @internal */
export const CONSISTENCY_PAGE =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html';

/** How a table replicates where nobody says it, by the recovery point that is owed, in seconds. @internal */
export function defaultReplication(owed: number | undefined, { others }: Twins): Replication {
  const { worst } = AWS_FACTS.dynamoDbGlobalTableLagSeconds.value;
  return owed === 0 && others.length > 0
    ? Replication.synchronous()
    : Replication.asynchronous({ maxLag: Span.seconds(worst) });
}

/** The region that votes where there are but two replicas: the given one, or the first that data may lie in. @internal */
export function witnessOf(
  construct: Construct,
  twins: Twins,
  chosen: string | undefined,
): string | undefined {
  const given = chosen ?? twins.witness;
  const replicas = regionsOf(twins);
  if (given !== undefined || replicas.length !== 2) return given;
  const residency = ServiceScope.of(construct)?.service.residency;
  return regionSetOf(replicas).find(
    (region) => !replicas.includes(region) && (residency?.allows(region) ?? true),
  );
}

function regionsOf({ own, others }: Twins): readonly string[] {
  return [own, ...others].map(({ region }) => region);
}

/** The set that holds all the regions; empty where none does. */
function regionSetOf(regions: readonly string[]): readonly string[] {
  return REGION_SETS.find((set) => regions.every((region) => set.includes(region))) ?? [];
}

/** What is wrong with the regions and the way in which they replicate. @internal */
export function replicationMistakes(
  twins: Twins,
  replication: Replication,
  { home, witness }: { readonly home: string; readonly witness: string | undefined },
): Mistake[] {
  const replicas = regionsOf(twins);
  const mistakes = homeMistakes(twins, home, 'the table');
  const { accounts } = twins;
  if (accounts.length > 1 && accounts.length < replicas.length) {
    mistakes.push({
      problem: `${replicas.length} replicas stand in ${accounts.length} accounts`,
      fix: 'put all replicas into one account, or each into its own: DynamoDB knows nothing between',
    });
  }
  return replication.mode === ReplicationMode.SYNCHRONOUS
    ? [...mistakes, ...strongMistakes(twins, replicas, witness)]
    : [...mistakes, ...eventualMistakes(replicas, replication, witness)];
}

function strongMistakes(twins: Twins, replicas: readonly string[], witness: string | undefined): Mistake[] {
  const mistakes: Mistake[] = [];
  const votes = [...replicas, ...(witness === undefined ? [] : [witness])];
  if (replicas.length < 2 || votes.length !== 3) {
    mistakes.push({
      problem: `strong consistency needs three regions, one of which may be a witness, but has ${votes.join(', ')}`,
      fix: 'use three regions with replicas, or two and a witnessRegion that data may lie in',
    });
  }
  if (regionSetOf(votes).length === 0 || new Set(votes).size !== votes.length) {
    mistakes.push({
      problem: `a table in ${votes.join(', ')} cannot be strongly consistent`,
      fix: `use different regions of one set: ${REGION_SETS.map((set) => set.join(', ')).join('; or ')}`,
    });
  }
  if (twins.accounts.length > 1) {
    mistakes.push({
      problem: `a table in the accounts ${twins.accounts.join(', ')} cannot be strongly consistent`,
      fix: 'put all replicas into one account, or use Replication.asynchronous',
    });
  }
  return mistakes;
}

function eventualMistakes(
  replicas: readonly string[],
  { lag }: Replication,
  witness: string | undefined,
): Mistake[] {
  const { worst } = AWS_FACTS.dynamoDbGlobalTableLagSeconds.value;
  const mistakes: Mistake[] = [];
  if (lag.toSeconds() < worst && replicas.length > 1) {
    mistakes.push({
      problem: `a replica may be ${formatSeconds(worst)} behind, but maxLag is ${formatSeconds(lag.toSeconds())}`,
      fix: `allow ${formatSeconds(worst)}, or use Replication.synchronous()`,
    });
  }
  if (witness !== undefined) {
    mistakes.push({
      problem: `the witness ${witness} votes on nothing: the table is eventually consistent`,
      fix: 'leave out the witness, or use Replication.synchronous()',
    });
  }
  return mistakes;
}

/** What strong consistency does without, and values out of range. @internal */
export function tableMistakes(props: GlobalTableProps, isStrong: boolean): Mistake[] {
  return [...(isStrong ? strongTableMistakes(props) : []), ...indexMistakes(props), ...limitMistakes(props)];
}

function strongTableMistakes({
  timeToLiveAttribute,
  localSecondaryIndexes = [],
}: GlobalTableProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (timeToLiveAttribute !== undefined) {
    mistakes.push({
      problem: `timeToLiveAttribute is ${timeToLiveAttribute}, but a strongly consistent table deletes nothing by itself`,
      fix: 'leave it out and delete expired items yourself, or use Replication.asynchronous',
    });
  }
  if (localSecondaryIndexes.length > 0) {
    mistakes.push({
      problem: `${localSecondaryIndexes.length} local secondary indexes: a strongly consistent table can have none`,
      fix: 'use globalSecondaryIndexes, or Replication.asynchronous',
    });
  }
  return mistakes;
}

function indexMistakes(props: GlobalTableProps): Mistake[] {
  const { localSecondaryIndexes: local = [], globalSecondaryIndexes: global = [], sortKey } = props;
  const mistakes: Mistake[] = [];
  if (global.length > 20) {
    mistakes.push({
      problem: `${global.length} global secondary indexes, but a table can have 20`,
      fix: 'use at most 20',
    });
  }
  if (local.length > 5) {
    mistakes.push({
      problem: `${local.length} local secondary indexes, but a table can have 5`,
      fix: 'use at most 5',
    });
  }
  if (local.length > 0 && !sortKey) {
    mistakes.push({
      problem: 'localSecondaryIndexes are given, but the table has no sort key that they could replace',
      fix: 'give a sortKey, or use globalSecondaryIndexes',
    });
  }
  return mistakes;
}

function limitMistakes(props: GlobalTableProps): Mistake[] {
  const { pointInTimeRecoveryDays: days } = props;
  const mistakes: Mistake[] = [];
  for (const what of ['maxReadRequestUnits', 'maxWriteRequestUnits'] as const) {
    const units = props[what];
    if (units !== undefined && !Token.isUnresolved(units) && !(Number.isInteger(units) && units >= 1)) {
      mistakes.push({ problem: `${what} is ${units}`, fix: 'use a whole number from 1' });
    }
  }
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 35)) {
    mistakes.push({
      problem: `pointInTimeRecoveryDays is ${days}`,
      fix: 'use a whole number from 1 to 35',
    });
  }
  return mistakes;
}
