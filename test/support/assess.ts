import { assess } from '../../lib/assessment/assess';
import type { ServiceAssessment } from '../../lib/assessment/assessment';
import type { AssumedUnavailability } from '../../lib/assessment/modelling';
import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { graphOf, type TestApp } from './graph';

/** How a test's app is assessed. */
export interface AssessedOptions {
  /** The service to look at. @default - the first one; an app that declares none is one service named `app` */
  readonly service?: string;

  /** What replaces the numbers that are only assumed. @default - none */
  readonly assumed?: AssumedUnavailability;
}

/** The assessment of one service of an app written in a test: one template, or stacks by name. */
export function assessed(app: TestApp, options: AssessedOptions = {}): ServiceAssessment {
  const graph = graphOf(app);
  const services = assessedServices(graph, resolveServices(graph));
  const { services: all } = assess(graph, services, options.assumed ? { assumed: options.assumed } : {});
  const name = options.service ?? all[0]?.service.name;
  const found = all.find(({ service }) => service.name === name);
  if (!found)
    throw new Error(`the app has no service ${name}: ${services.map((each) => each.name).join(', ')}`);
  return found;
}

/** The ids of the events that stop a service alone, the costliest first. */
export function singlePoints({ availability }: ServiceAssessment): readonly string[] {
  return availability.singlePointsOfFailure.map(({ event }) => event.id);
}

/** All events of a service, by id. */
export function eventIds({ availability }: ServiceAssessment): readonly string[] {
  return [...availability.model.events.keys()].sort();
}

/** The ids of the resources that stand on a service of AWS, by the id of its event. */
export function standingOn({ availability }: ServiceAssessment, event: string): readonly string[] {
  return availability.model.events.get(event)?.resources.map(({ id }) => id) ?? [];
}

/** What was taken as given, as one text. */
export function assumptionsOf({ assumptions }: ServiceAssessment): string {
  return assumptions.map(({ what }) => what).join('\n');
}
