import type { Graph } from '../../assembly/graph';
import { standsFor } from '../../assembly/iam/iam-resources';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { allOf, anyOf } from '../failure';

const GROUP = 'AWS::VpcLattice::TargetGroup';

/** A service of VPC Lattice: each of its listeners and rules leads to groups of targets. */
const SERVICE: Component = {
  types: ['AWS::VpcLattice::Service'],
  part: 'entry',
  fails: (service, model) =>
    anyOf(
      model.regional(service, model.assumption('withoutAgreement')),
      ...(groupsOf(service.stack.graph).get(service) ?? []).map((group) => model.of(group, service)),
    ),
};

/** Targets of one group stand in for each other. */
const TARGETS: Component = {
  types: [GROUP],
  part: 'support',
  fails: (group, model) => allOf(...targetsOf(group).map((target) => model.of(target, group))),
};

export const LATTICE: readonly Component[] = [SERVICE, TARGETS];

function targetsOf(group: Resource): readonly Resource[] {
  const found = valuesAt(group, 'Targets.*.Id').map((value) => group.stack.graph.resolve(value, group));
  return [...new Set(found.filter((target) => target instanceof Resource).map(standsFor))];
}

/** The groups that the listeners of a service, and the rules of those, name. */
const groupsOf = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const byService = new Map<Resource, Set<Resource>>();
  for (const sender of graph.ofType('AWS::VpcLattice::Listener', 'AWS::VpcLattice::Rule')) {
    const service = serviceOf(sender);
    if (!service) continue;
    const known = byService.get(service) ?? new Set<Resource>();
    byService.set(service, known);
    for (const { reference } of sender.references)
      if (reference.resource.type === GROUP) known.add(reference.resource);
  }
  return new Map([...byService].map(([service, groups]) => [service, [...groups]]));
});

function serviceOf(sender: Resource): Resource | undefined {
  const named = sender.target('ServiceIdentifier');
  if (named instanceof Resource) return named;
  const listener = sender.target('ListenerIdentifier');
  const service = listener instanceof Resource ? listener.target('ServiceIdentifier') : undefined;
  return service instanceof Resource ? service : undefined;
}
