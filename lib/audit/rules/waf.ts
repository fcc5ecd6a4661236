import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { LOG_RETENTION } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

export const aclLogsRequests: Rule = {
  id: 'WAF-01',
  title: 'Web ACLs log what they let through and what they stop.',
  kind: 'compliance',
  why: 'When a rule stops customers, nobody can say which rule, whom, and since when.',
  fix: 'add an AWS::WAFv2::LoggingConfiguration for the web ACL',
  severity: LOW,
  appliesTo: ['AWS::WAFv2::WebACL'],
  controls: LOG_RETENTION,
  sources: ['https://docs.aws.amazon.com/waf/latest/developerguide/logging.html'],
  check: (acl) => {
    const { byAcl, open } = configurations(acl.stack.graph);
    return judge(acl, byAcl.get(acl) ?? [], open);
  },
};

const configurations = oncePerGraph((graph) => {
  const byAcl = new Map<Resource, Resource[]>();
  const open: Unknown[] = graph.unreadable.slice(0, 1).map((reason) => new Unknown(reason));
  for (const configuration of graph.ofType('AWS::WAFv2::LoggingConfiguration')) {
    const acl = configuration.target('ResourceArn');
    if (acl instanceof Resource) byAcl.set(acl, [...(byAcl.get(acl) ?? []), configuration]);
    const named = configuration.get('ResourceArn');
    if (named instanceof Unknown) open.push(named);
  }
  return { byAcl, open };
});

function judge(acl: Resource, own: readonly Resource[], open: readonly Unknown[]): Judgement {
  if (own.some((configuration) => existsWith(configuration, acl) === true)) return pass();
  const doubt =
    own.map(({ presence }) => presence).find((presence) => presence instanceof Unknown) ?? open[0];
  return doubt instanceof Unknown
    ? unknown(undefined, doubt)
    : fail({ found: 'no logging configuration', needed: 'a logging configuration' });
}
