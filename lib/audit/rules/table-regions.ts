import { matchesGlob } from '../../assembly/glob';
import type { Graph } from '../../assembly/graph';
import { identifiersOf } from '../../assembly/identifiers';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { COMPUTE_TYPES } from '../../assembly/wiring/call-environment';
import { CALLING_TYPES, callsOf } from '../../assembly/wiring/calls';
import { RegionRole } from '../../objectives/region-role';
import { SECOND_REGION } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

export const replicasMeetCompute: Rule = {
  id: 'X-44',
  title:
    'Global tables have a replica where their compute runs, compute where their replicas are, and the consistency that is declared.',
  kind: 'redundancy',
  why: 'Compute without a replica reads across regions and is lost with the other one; a replica without compute serves nobody when it is needed.',
  fix: 'add a replica in each region that runs the service, and deploy the service wherever a replica is',
  severity: MEDIUM,
  appliesTo: ['AWS::DynamoDB::GlobalTable'],
  controls: SECOND_REGION,
  sources: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-global-table-design.html'],
  parameters: {
    stronglyConsistentTables: {
      meaning:
        'Names or logical ids of tables that every region must read as any region last wrote them; * stands for any text.',
      default: [],
    },
  },
  check: (table, context) => {
    const replicas = replicaRegions(table);
    if (replicas instanceof Unknown) return unknown('Replicas', replicas);
    return [
      ...judgeCallers(table, replicas, context),
      ...replicas.map((region) => judgeReplica(table, region, context)),
      ...(replicas.length < 2 ? [] : [judgeConsistency(table, context)]),
    ];
  },
};

/** A replica that is eventually consistent answers with what other regions wrote some time ago. */
function judgeConsistency(table: Resource, { parameters }: RuleContext): Judgement {
  const declared = [parameters.stronglyConsistentTables ?? []].flat().map(String);
  const names = [table.logicalId, ...identifiersOf(table)];
  return declared.some((pattern) => names.some((name) => matchesGlob(pattern, name)))
    ? table.is('MultiRegionConsistency', 'STRONG', { default: 'EVENTUAL' })
    : notApplicable('nobody declares that its reads must be strongly consistent');
}

function replicaRegions(table: Resource): readonly string[] | Unknown {
  const replicas = table.list('Replicas');
  if (replicas instanceof Unknown) return replicas;
  const regions = replicas.map((_, index) => table.text(`Replicas.${index}.Region`));
  const open = regions.find((region) => region instanceof Unknown);
  return open instanceof Unknown ? open : regions.filter((region) => typeof region === 'string');
}

function judgeCallers(
  table: Resource,
  replicas: readonly string[],
  { graph }: RuleContext,
): readonly Judgement[] {
  return (callersByTable(graph).get(table) ?? []).map(({ logicalId, region }) => {
    if (region === undefined)
      return unknown('Replicas', `the region of ${logicalId} is known only at deploy`);
    return replicas.includes(region)
      ? pass({ property: 'Replicas', found: `a replica beside ${logicalId}` })
      : fail({
          property: 'Replicas',
          found: `none in ${region}, where ${logicalId} runs`,
          needed: `a replica in ${region}`,
        });
  });
}

function judgeReplica(table: Resource, region: string, context: RuleContext): Judgement {
  const property = 'Replicas';
  const { graph, service } = context;
  if (computeRegions(graph).has(region)) return pass({ property, found: `compute in ${region}` });
  const { name, policy } = service;
  const here = context.placesOf(name).find(({ stack }) => stack.region === region);
  if (here?.role === RegionRole.STANDBY && policy.minimumStandbyRegionCapacity.value === 0)
    return pass({ property, found: `a standby in ${region} that starts late, as the tier allows` });
  if (!graph.stacks.some((stack) => stack.region === region))
    return unknown(
      property,
      `the app has no stack in ${region}; what uses the replica may be in another app`,
    );
  if (computeRegions(graph).size === 0)
    return unknown(property, 'the app runs nothing; what uses the table is in another app');
  const [hidden] = graph.unreadable;
  if (hidden !== undefined) return unknown(property, hidden);
  return fail({
    property,
    found: `nothing runs in ${region}`,
    needed: `compute beside the replica of ${table.logicalId}`,
  });
}

const computeRegions = oncePerGraph(
  (graph: Graph): ReadonlySet<string | undefined> =>
    new Set(graph.ofType(...COMPUTE_TYPES).map(({ region }) => region)),
);

const callersByTable = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const callers = new Map<Resource, Resource[]>();
  for (const caller of graph.ofType(...CALLING_TYPES)) {
    for (const { to, certain } of callsOf(caller)) {
      if (certain === true && to.type === 'AWS::DynamoDB::GlobalTable')
        callers.set(to, [...(callers.get(to) ?? []), caller]);
    }
  }
  return callers;
});
