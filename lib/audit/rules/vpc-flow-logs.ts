import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { LOG_RETENTION } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const FLOW_LOG = 'AWS::EC2::FlowLog';

export const trafficIsLogged: Rule = {
  id: 'VPC-06',
  title: 'Networks have a flow log.',
  kind: 'monitoring',
  why: 'Nobody can say which traffic was dropped, from where, and since when.',
  fix: 'add an AWS::EC2::FlowLog for the VPC',
  severity: MEDIUM,
  appliesTo: ['AWS::EC2::VPC'],
  controls: LOG_RETENTION,
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html'],
  check: (network) => {
    const { byNetwork, open } = flowLogs(network.stack.graph);
    const own = byNetwork.get(network) ?? [];
    return judge(network, own, open);
  },
};

const flowLogs = oncePerGraph((graph) => {
  const byNetwork = new Map<Resource, Resource[]>();
  const open: Unknown[] = graph.unreadable.slice(0, 1).map((reason) => new Unknown(reason));
  for (const log of graph.ofType(FLOW_LOG)) {
    const [kind, target] = [log.is('ResourceType', 'VPC'), log.target('ResourceId')];
    if (kind.outcome === 'fail') continue;
    if (target instanceof Resource && kind.outcome === 'pass')
      byNetwork.set(target, [...(byNetwork.get(target) ?? []), log]);
    const named = log.get('ResourceId');
    if (named instanceof Unknown) open.push(named);
  }
  return { byNetwork, open };
});

function judge(network: Resource, own: readonly Resource[], open: readonly Unknown[]): Judgement {
  const sure = own.find((log) => existsWith(log, network) === true);
  if (sure) return pass({ found: sure.logicalId });
  const [maybe] = own.map(({ presence }) => presence).filter((presence) => presence instanceof Unknown);
  const why = maybe ?? open[0];
  return why instanceof Unknown
    ? unknown(undefined, why)
    : fail({ found: 'no flow log', needed: 'a flow log of the VPC' });
}
