import type { Graph } from '../assembly/graph';
import { assess } from '../assessment/assess';
import type { AssessedService } from '../assessment/assessed-service';
import type { ServiceAssessment } from '../assessment/assessment';
import type { Config } from '../records/config';
import { assessedServices } from './assessed-services';
import type { ServiceIndex } from './services';

const known = new WeakMap<ServiceIndex, readonly ServiceAssessment[]>();

/** What the declared services of an app can keep of what they owe. Where nobody declares, nothing is worked out. */
export function declaredAssessments(
  graph: Graph,
  services: ServiceIndex,
  config: Config | undefined,
): readonly ServiceAssessment[] {
  const found = known.get(services) ?? assessDeclared(graph, services, config);
  known.set(services, found);
  return found;
}

function assessDeclared(
  graph: Graph,
  services: ServiceIndex,
  config: Config | undefined,
): readonly ServiceAssessment[] {
  const all = assessedServices(graph, services, config);
  if (!all.some(({ declared }) => declared)) return [];
  const assumed = config?.assumptions;
  const declared = { only: (service: AssessedService) => service.declared, objectivesOnly: true };
  return assess(graph, all, { ...declared, ...(assumed && { assumed }) }).services;
}
