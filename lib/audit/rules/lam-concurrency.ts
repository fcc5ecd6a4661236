import { concurrencyOf } from '../../assembly/compute/function-concurrency';
import type { Truth } from '../../assembly/conditions';
import { maximumConnections } from '../../assembly/data/database-connections';
import type { Graph } from '../../assembly/graph';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { callsOf } from '../../assembly/wiring/calls';
import { eventsVia } from '../../assembly/wiring/event-wiring';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';
const PROXY = 'AWS::RDS::DBProxy';
const RESERVED = 'ReservedConcurrentExecutions';

/** Lambda keeps so much for functions without a reservation. */
const UNRESERVED = 100;

export const accountHasConcurrencyLeft: Rule = {
  id: 'X-22',
  title: 'Reservations leave concurrency for the other functions of the account.',
  kind: 'capacity',
  why: 'What is reserved is taken from all others: a deployment that asks for too much is refused, in the middle of a failover too.',
  fix: 'reserve less, or raise the limit of the account and the parameter accountLimit',
  severity: MEDIUM,
  appliesTo: [FUNCTION],
  scope: 'app',
  controls: [...REDUNDANCY, ...CAPACITY],
  parameters: {
    accountLimit: {
      meaning: 'The concurrent executions that each account has in each region.',
      default: 1000,
    },
  },
  sources: [`${GUIDE}/lambda-concurrency.html`],
  check: (lambda, { parameters }) => judgeAccounts(lambda.stack.graph, Number(parameters.accountLimit)),
};

export const concurrencyFitsBehind: Rule = {
  id: 'X-23',
  title:
    'Functions take no more at once than they may run, and open no more connections than their database takes.',
  kind: 'capacity',
  why: 'Messages that a poller takes beyond the reservation are throttled and set aside; connections beyond the limit are refused, to all users of the database.',
  fix: 'lower ScalingConfig.MaximumConcurrency or the reservation, or put an RDS Proxy in front of the database',
  severity: MEDIUM,
  appliesTo: [MAPPING, FUNCTION],
  controls: [...REDUNDANCY, ...CAPACITY],
  parameters: {
    connectionsPerInstance: { meaning: 'The connections that one instance of a function opens.', default: 1 },
    accountLimit: {
      meaning: 'The concurrent executions that each account has in each region.',
      default: 1000,
    },
  },
  sources: [
    `${GUIDE}/services-sqs-scaling.html`,
    `${GUIDE}/services-rds.html`,
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html',
  ],
  check: (resource, context) =>
    resource.type === MAPPING ? judgeMapping(resource) : judgeDatabases(resource, context),
};

interface Sum {
  readonly place: string;
  units: number;
  open: Unknown | undefined;
}

const ASKING: Readonly<Record<string, string>> = {
  [FUNCTION]: RESERVED,
  'AWS::Lambda::Alias': 'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions',
  'AWS::Lambda::Version': 'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions',
};

function judgeAccounts(graph: Graph, limit: number): readonly Judgement[] | Judgement {
  const sums = new Map<string, Sum>();
  for (const resource of graph.ofType(...Object.keys(ASKING))) {
    const asked = resource.number(ASKING[resource.type] ?? RESERVED);
    if (asked !== undefined) add(sums, resource, asked);
  }
  if (sums.size === 0) return notApplicable('no function reserves concurrency');
  return [...sums.values()].map((sum) => judgeSum(sum, limit));
}

function add(sums: Map<string, Sum>, { account, region, presence }: Resource, asked: number | Unknown): void {
  const place = `${account ?? 'the account'}, ${region ?? 'the region'} of the stacks`;
  const sum = sums.get(place) ?? { place, units: 0, open: undefined };
  sums.set(place, sum);
  if (asked instanceof Unknown) sum.open ??= asked;
  else if (presence instanceof Unknown) sum.open ??= presence;
  else sum.units += asked;
}

function judgeSum({ place, units, open }: Sum, limit: number): Judgement {
  const property = RESERVED;
  const found = `${units} reserved and provisioned in ${place}`;
  if (units > limit - UNRESERVED)
    return fail({
      property,
      found,
      needed: `at most ${limit - UNRESERVED}, the limit of ${limit} less ${UNRESERVED}`,
    });
  return open ? unknown(property, open) : pass({ property, found });
}

function judgeMapping(mapping: Resource): Judgement {
  const property = 'ScalingConfig.MaximumConcurrency';
  const taken = mapping.number(property);
  if (taken === undefined) return notApplicable('the mapping sets no maximum');
  const lambda = eventsVia(mapping).find(({ kind }) => kind === 'eventSourceMapping')?.to;
  if (!(lambda instanceof Resource))
    return unknown('FunctionName', lambda ?? 'the mapping names no function');
  const reserved = lambda.number(RESERVED);
  if (reserved === undefined) return notApplicable('the function reserves no concurrency');
  if (taken instanceof Unknown) return unknown(property, taken);
  if (reserved instanceof Unknown) return unknown(property, reserved);
  const details = { property, found: `${taken} of the ${reserved} that ${lambda.logicalId} reserves` };
  return taken > reserved ? fail({ ...details, needed: `at most ${reserved}` }) : pass(details);
}

function judgeDatabases(lambda: Resource, { parameters }: RuleContext): Judgement | readonly Judgement[] {
  const databases = callsOf(lambda).filter(
    ({ kind, to }) => kind === 'database' && to.type.startsWith('AWS::RDS::DB'),
  );
  const direct = databases.filter(({ to }) => to.type !== PROXY);
  // The secret that opens the proxy names the database too.
  if (direct.length < databases.length) return notApplicable('it goes through an RDS Proxy');
  if (direct.length === 0) return notApplicable('it opens no connection to a database of the app itself');
  const runs = concurrencyOf(lambda, Number(parameters.accountLimit));
  if (runs instanceof Unknown) return unknown(RESERVED, runs);
  const needed = runs * Number(parameters.connectionsPerInstance);
  return direct.map(({ to, certain }) => judgeConnections(to, needed, certain));
}

function judgeConnections(database: Resource, needed: number, certain: Truth): Judgement {
  const connections = maximumConnections(database);
  if (connections instanceof Unknown) return unknown(RESERVED, connections);
  const { most, bound } = connections;
  const takes = bound ? `at most ${most} by its memory` : String(most);
  const details = {
    property: RESERVED,
    found: `${needed} connections to ${database.logicalId}, which takes ${takes}`,
  };
  if (needed > most && certain instanceof Unknown) return unknown(RESERVED, certain);
  if (needed > most) return fail({ ...details, needed: 'fewer connections, or an RDS Proxy' });
  return bound
    ? unknown(
        RESERVED,
        `${database.logicalId} takes ${takes}, less what RDS takes of it, and ${needed} are needed`,
      )
    : pass(details);
}
