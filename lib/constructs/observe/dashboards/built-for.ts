import { Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { AcceptedRisk } from '../../../objectives/service-figures';
import { ServiceScope } from '../../governance/service-scope';
import type { ServiceLevelObjective } from '../slo/service-level-objective';

/**
 * All of one kind that is built for the services of some objectives, in their stages, wherever it stands there.
 *
 * @internal
 */
export function builtFor<T extends IConstruct>(
  objectives: readonly ServiceLevelObjective[],
  isOne: (construct: IConstruct) => construct is T,
): readonly T[] {
  const served = new Set(objectives.flatMap(placeOf));
  const roots = new Set(objectives.map(({ node }) => node.root));
  return [...roots]
    .flatMap((root) => root.node.findAll().filter(isOne))
    .filter((each) => placeOf(each).some((place) => served.has(place)));
}

/** The service and the stage: a twin of the app for tests has the same services. */
function placeOf(construct: IConstruct): readonly string[] {
  const service = ServiceScope.of(construct)?.service;
  return service ? [`${Stage.of(construct)?.node.path ?? ''}|${service.name}`] : [];
}

/**
 * What is accepted of a service of some objectives, wherever in their stages it is declared: what it has weaker than its tier owes,
 * and findings.
 *
 * @internal
 */
export function risksOf(
  service: string,
  objectives: readonly ServiceLevelObjective[],
): readonly AcceptedRisk[] {
  const scopes = objectives
    .filter((slo) => ServiceScope.of(slo)?.service.name === service)
    .flatMap((slo) => ServiceScope.named(slo, service));
  return [...new Set(scopes)].flatMap(({ risks }) => risks);
}
