import type { Graph } from '../assembly/graph';
import type { AssessedService } from './assessed-service';
import type { Assessment, ServiceAssessment } from './assessment';
import { availabilityOf } from './availability';
import { capacityOf } from './capacity';
import { type AssumedUnavailability, Modelling } from './modelling';
import { openDependenciesOf } from './open-dependencies';
import { isCalled } from './peak';
import { recoveryOf } from './recovery';
import { sensitivityOf } from './sensitivity';
import { ServiceFailures } from './service-failure';
import { SCALED_TYPES } from './standing';
import { leaveTiesOpen } from './ties-out';

const NO_WAY_IN = 'nothing was found that users or schedules come in through';

/** How an app is assessed. */
export interface AssessOptions {
  /** What replaces our assumptions. @default - ours, each shown with the result */
  readonly assumed?: AssumedUnavailability;

  /** Which services are wanted; the others still are what these depend on. @default - all */
  readonly only?: (service: AssessedService) => boolean;

  /** Whether only what is held against objectives is worked out, and neither capacity nor sensitivity. @default false */
  readonly objectivesOnly?: boolean;
}

/** Works out what an app can keep of what its services owe. */
export function assess(
  graph: Graph,
  services: readonly AssessedService[],
  options: AssessOptions = {},
): Assessment {
  const wanted = options.only ? services.filter(options.only) : services;
  const assessed = wanted.map((service) => assessOne(graph, service, { services, ...options }));
  // What is left over beside declared services, such as a bucket for reports, is no service if nothing comes in there.
  const isOne = ({ service, entryPoints }: ServiceAssessment) => service.declared || entryPoints.length > 0;
  return { services: assessed.length === 1 ? assessed : assessed.filter(isOne) };
}

function assessOne(
  graph: Graph,
  service: AssessedService,
  {
    services,
    assumed = {},
    objectivesOnly = false,
  }: AssessOptions & { readonly services: readonly AssessedService[] },
): ServiceAssessment {
  const model = new Modelling(graph, assumed, services);
  const failures = new ServiceFailures(services, model);
  const top = failures.ofService(service);
  const entryPoints = failures.entriesOf(service);
  const found = availabilityOf(top, failures.ofResource, service.slo);
  // Of what nobody is seen to come in to, nothing is known: that it never fails would be no answer.
  const availability = entryPoints.length > 0 ? found : { ...found, meets: undefined, unknown: NO_WAY_IN };
  leaveTiesOpen(service, model);
  notePeaksOfNothing(service, model);
  for (const hidden of graph.unreadable) model.assume(`not seen, and not counted: ${hidden}`);
  return {
    service,
    entryPoints,
    availability,
    ...recoveryOf({ service, failures, model }),
    capacity: objectivesOnly ? [] : capacityOf(service),
    assumptions: model.assumptions,
    leftToDeploy: model.leftToDeploy,
    openDependencies: openDependenciesOf(model),
    sensitivity: objectivesOnly || availability.unknown !== undefined ? [] : sensitivityOf(availability),
  };
}

/** A peak of what is not there is a slip. */
function notePeaksOfNothing({ name, peakUnits = {}, resources }: AssessedService, model: Modelling): void {
  for (const scope of Object.keys(peakUnits))
    if (!resources.some((resource) => RUNNING.has(resource.type) && isCalled(resource, scope)))
      model.assume(
        `peakUnits of ${name} names ${scope}, and nothing of it runs units by that name: it is not counted`,
      );
}

const RUNNING: ReadonlySet<string> = new Set([...SCALED_TYPES, 'AWS::Lambda::Function']);
