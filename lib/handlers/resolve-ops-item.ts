import { type Call, callAws, valueAt } from './aws-call';
import type { IncidentData, IncidentEvent } from './incident';

/** What it needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly write: (line: string) => void;

  /** The memory of the bridge. */
  readonly table: string;
}

/** What became of the item of an incident that is over: `none` where people closed it, or there never was one. */
export type Outcome = 'resolved' | 'none' | 'stale';

/** As far as `DescribeOpsItems` tells. */
interface Item {
  readonly OpsItemId: string;
  readonly Source?: string;
  readonly OperationalData?: Readonly<Record<string, { readonly Value?: string } | undefined>>;
}

const SOURCE = 'cdk-nines';

/** What people have resolved or closed is theirs. */
const UNDONE = ['Open', 'InProgress'];

/**
 * Resolves the OpsItem of an incident that is over: once, and not where its alarm fires again by now, since that opens no other one.
 *
 * @throws whatever the API throws, so that Lambda tries again
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeOpsItems.html
 */
export async function resolveOpsItem(event: IncidentEvent, around: Surroundings): Promise<Outcome> {
  const { id, data } = event;
  const { service, alarm } = data;
  const isStale = await firesAgain(event, around);
  const items: string[] = [];
  for (const item of isStale ? [] : await undone(data, around.call))
    if (await resolved(item, around.call)) items.push(item);
  const outcome = isStale ? 'stale' : items.length > 0 ? 'resolved' : 'none';
  around.write(`${JSON.stringify({ level: 'INFO', service, event: id, outcome, alarm, items })}\n`);
  return outcome;
}

/** The end may come late, from the dead letters too. */
async function firesAgain({ time, data }: IncidentEvent, { call, table }: Surroundings): Promise<boolean> {
  const { Item: known } = await call('DynamoDB', 'GetItem', {
    TableName: table,
    Key: { id: { S: data.dedupKey } },
    ConsistentRead: true,
  });
  return valueAt(known, 'isOpen.BOOL') === true && Number(valueAt(known, 'stateAt.N')) > Date.parse(time);
}

/** How `/aws/dedup` is written in the end only AWS knows, so the filter is the service, and the key is looked for here. */
async function undone({ service, dedupKey }: IncidentData, call: Call): Promise<readonly string[]> {
  const filters = {
    Status: UNDONE,
    Source: [SOURCE],
    OperationalData: [JSON.stringify({ key: 'service', value: service })],
  };
  const found: Item[] = [];
  let NextToken: unknown;
  do {
    const page = await call('SSM', 'DescribeOpsItems', {
      OpsItemFilters: Object.entries(filters).map(([Key, Values]) => ({ Key, Values, Operator: 'Equal' })),
      NextToken,
    });
    found.push(...((page.OpsItemSummaries ?? []) as Item[]));
    NextToken = page.NextToken;
  } while (NextToken);
  return found
    .filter(
      ({ Source, OperationalData: data }) =>
        Source === SOURCE &&
        data?.service?.Value === service &&
        data['/aws/dedup']?.Value?.includes(`"${dedupKey}"`),
    )
    .map(({ OpsItemId }) => OpsItemId);
}

/** @returns false where it was deleted meanwhile */
async function resolved(OpsItemId: string, call: Call): Promise<boolean> {
  try {
    await call('SSM', 'UpdateOpsItem', { OpsItemId, Status: 'Resolved' });
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'OpsItemNotFoundException') return false;
    throw error;
  }
}

export const handler = (event: IncidentEvent): Promise<Outcome> => {
  const write = (line: string) => void process.stdout.write(line);
  return resolveOpsItem(event, { call: callAws, write, table: process.env.TABLE ?? '' });
};
