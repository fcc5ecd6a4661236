import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { tagOf } from '../../assembly/resource-tags';
import { describe, isScalar } from '../../assembly/value';
import { usersOf } from '../../assembly/wiring/shared-users';
import { OBJECTIVES } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { placesElsewhere } from '../service-places';
import { MEDIUM } from '../severity';

/** What many services may hang on at once. */
const SHARED_TYPES: readonly string[] = [
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::NatGateway',
  'AWS::ECS::Cluster',
  'AWS::EKS::Cluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::KMS::Key',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::SQS::Queue',
];

export const fewServicesShareFate: Rule = {
  id: 'X-54',
  title:
    'No database, queue, cache, key, NAT gateway or cluster carries too many services, several cells, or the primary and the standby of one.',
  kind: 'redundancy',
  why: 'What many services share takes them all down at once, and one of them can starve the others.',
  fix: 'give the services, and the cells, databases, queues, caches, keys and clusters of their own',
  severity: MEDIUM,
  appliesTo: SHARED_TYPES,
  controls: OBJECTIVES,
  sources: [
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_use_bulkhead.html',
  ],
  parameters: {
    maximumServices: { meaning: 'How many declared services may share one resource.', default: 3 },
    cellTag: {
      meaning: 'The tag that names the cell of what it stands on: cells share nothing.',
      default: 'resilience:cell',
    },
    separateAccounts: {
      meaning: 'Whether the primary and the standby of a service must stand in accounts of their own.',
      default: false,
    },
  },
  check: (resource, context) => [
    judgeSharing(resource, context),
    judgeCells(resource, context),
    judgeAccounts(resource, context),
  ],
};

/** Cells are declared by a tag, on resources or on whole stacks. */
function judgeCells(resource: Resource, { parameters }: RuleContext): Judgement {
  const tag = String(parameters.cellTag);
  const { users, unknowns } = usersOf(resource);
  const tags = [resource, ...users].map((one) => tagOf(one, tag)).filter((value) => value !== undefined);
  if (tags.length === 0) return notApplicable('nothing that uses it belongs to a cell');
  const cells = new Set(tags.filter(isScalar).map(String));
  if (cells.size > 1)
    return fail({ found: `cells ${[...cells].sort().slice(0, 6).join(', ')}`, needed: 'one cell' });
  const open = tags.find((value) => !isScalar(value));
  if (open !== undefined) return unknown(undefined, `the cell is ${describe(open)}, known only at deploy`);
  const [hidden] = unknowns;
  return hidden === undefined ? pass({ found: `cell ${[...cells].join()}` }) : unknown(undefined, hidden);
}

function judgeSharing(resource: Resource, { parameters, serviceOf }: RuleContext): Judgement {
  const most = Number(parameters.maximumServices);
  const { users, unknowns } = usersOf(resource);
  const names = [...new Set(users.map((user) => serviceOf(user).name))]
    .filter((name) => name !== undefined)
    .sort();
  if (names.length > most)
    return fail({
      found: `${names.length} services: ${names.slice(0, 6).join(', ')}`,
      needed: `at most ${most}`,
    });
  if (names.length === 0) return notApplicable('no declared service is seen to use it');
  const [open] = unknowns;
  return open === undefined
    ? pass({ found: `${names.length} of at most ${most} services` })
    : unknown(undefined, open);
}

function judgeAccounts(resource: Resource, { parameters, service, placesOf }: RuleContext): Judgement {
  const none = notApplicable('the policy lets both stand in one account');
  if (parameters.separateAccounts !== true) return none;
  const elsewhere = placesElsewhere(resource, placesOf(service.name));
  if (elsewhere.length === 0) return notApplicable('its service is declared in no other region');
  const { account } = resource;
  if (account === undefined || elsewhere.some(({ stack }) => stack.account === undefined))
    return unknown(undefined, 'the accounts of the stacks are known only at deploy');
  const same = elsewhere.find(({ stack }) => stack.account === account);
  return same
    ? fail({ found: `${same.stack.id} in the same account`, needed: 'an account of its own' })
    : pass({ found: 'an account of its own' });
}
