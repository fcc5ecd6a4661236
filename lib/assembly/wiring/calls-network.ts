import { mayLeaveFor } from '../network/reachability';
import { type GroupRule, otherGroupOf, rulesOf, securityGroupsOf } from '../network/security-groups';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { CALL_TARGETS } from './call-targets';
import type { Call } from './calls';

/** A database or cache, and a rule of its security group that lets another group in. */
interface Admission {
  readonly to: Resource;
  readonly rule: GroupRule;
}

/** The databases and caches whose security groups let the group of a resource in. A rule for addresses shows no caller. */
export function callsThroughGroups(from: Resource): readonly Call[] {
  const admissions = admissionsByGroup(from.stack.graph);
  return securityGroupsOf(from).groups.flatMap((group) =>
    (admissions.get(group) ?? []).flatMap(({ to, rule }) => {
      const port = rule.body.FromPort;
      const reaches = typeof port === 'number' ? mayLeaveFor(from, to, port) : true;
      const target = CALL_TARGETS[to.type];
      if (reaches === false || !target || group === rule.group) return [];
      const certain = rule.certain;
      const because = `a rule of ${rule.group.logicalId} for ${group.logicalId}`;
      return [{ from, to, kind: target.kind, mode: 'synchronous' as const, because, certain }];
    }),
  );
}

const admissionsByGroup = oncePerGraph((graph): ReadonlyMap<Resource, readonly Admission[]> => {
  const admissions = new Map<Resource, Admission[]>();
  const types = Object.entries(CALL_TARGETS)
    .filter(([, { kind }]) => kind === 'database' || kind === 'cache' || kind === 'search')
    .map(([type]) => type);
  for (const to of graph.ofType(...types)) {
    for (const rule of securityGroupsOf(to).groups.flatMap((group) => rulesOf(group, 'in').rules)) {
      const admitted = otherGroupOf(rule);
      if (!(admitted instanceof Resource) || rule.certain instanceof Unknown) continue;
      admissions.set(admitted, [...(admissions.get(admitted) ?? []), { to, rule }]);
    }
  }
  return admissions;
});
