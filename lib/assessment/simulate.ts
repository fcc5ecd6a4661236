import type { Resource } from '../assembly/resource';
import { ConfigurationError } from '../errors';
import type { Disruption } from '../objectives/disruption';
import type { Assessment, Recovery, ServiceAssessment } from './assessment';
import { lostAlone } from './fault-model';
import { nameOf } from './modelling';
import { lost } from './what-if';

/** Something that is lost in a simulation. */
export interface LostThing {
  readonly kind: 'zone' | 'region' | 'resource';

  /** As it was named: `eu-west-1a`, `eu-west-1`, a construct path or a logical id. */
  readonly name: string;
}

/** What a loss does to one service. */
export interface ServiceLoss {
  readonly assessment: ServiceAssessment;

  /** The ids of the events that happen to it; of a service that does not depend on what is lost there are none. */
  readonly events: readonly string[];
  readonly stops: boolean;

  /** The resources that fail, and those of which a copy does. */
  readonly failed: readonly Resource[];
  readonly impaired: readonly Resource[];

  /** Those of its own that are left. */
  readonly left: number;

  /** How it comes back, by the widest of the losses. @default - nothing of it is lost */
  readonly disruption?: Disruption;
  readonly recovery?: Recovery;
}

const DISRUPTION_OF = { region: 'region', zone: 'availabilityZone', resource: 'instance' } as const;

/**
 * Reads what `--lose` names: `az:eu-west-1a`, `region:eu-west-1`, or a resource.
 *
 * @throws ConfigurationError when nothing is named
 */
export function parseLoss(text: string): LostThing {
  const [, kind, name = ''] = /^(az|zone|region):(.*)$/.exec(text) ?? [undefined, 'resource', text];
  if (name === '')
    throw new ConfigurationError({
      path: `--lose ${text}`,
      problem: 'nothing is named',
      fix: 'write az:eu-west-1a, region:eu-west-1 or a resource',
    });
  return { kind: kind === 'region' ? 'region' : kind === 'resource' ? 'resource' : 'zone', name };
}

/**
 * What happens to each service when all of these are lost together.
 *
 * @throws ConfigurationError when no service knows one of them
 */
export function simulate({ services }: Assessment, losses: readonly LostThing[]): readonly ServiceLoss[] {
  for (const loss of losses)
    if (!services.some((service) => eventsOf(service, loss).length > 0)) throw unknownLoss(loss, services);
  return services.map((service) => lossOf(service, losses));
}

function lossOf(assessment: ServiceAssessment, losses: readonly LostThing[]): ServiceLoss {
  const hits = losses.map((loss) => ({ loss, events: eventsOf(assessment, loss) }));
  const events = [...new Set(hits.flatMap((hit) => hit.events))];
  const { model } = assessment.availability;
  const result = lost(model, events);
  const byId = new Map([...model.resources.values()].map((resource) => [resource.id, resource]));
  const named = (ids: readonly string[]) =>
    ids.map((id) => byId.get(id)).filter((resource) => resource !== undefined);
  const failed = named(result.failedResources);
  const widest = widestOf(hits.filter((hit) => hit.events.length > 0).map(({ loss }) => loss));
  return {
    assessment,
    events,
    stops: result.serviceStops,
    failed,
    impaired: named(result.impairedResources),
    left: byId.size - failed.length,
    ...(widest && { disruption: widest, recovery: assessment.recovery[widest] }),
  };
}

function widestOf(losses: readonly LostThing[]): Disruption | undefined {
  const kind = (['region', 'zone', 'resource'] as const).find((each) =>
    losses.some((loss) => loss.kind === each),
  );
  return kind && DISRUPTION_OF[kind];
}

/** The events of a service that a loss makes happen. */
function eventsOf(
  { availability: { model } }: ServiceAssessment,
  { kind, name }: LostThing,
): readonly string[] {
  if (kind !== 'resource') return model.events.has(`${kind}:${name}`) ? [`${kind}:${name}`] : [];
  const own = [...model.events.values()].filter(
    ({ kind: each, resources }) =>
      each !== 'awsService' && resources.some((resource) => isNamed(resource, name)),
  );
  // A service of AWS is not lost with one of the resources that stand on it.
  const alone = [...new Set(model.resources.values())]
    .filter((resource) => isNamed(resource, name))
    .map(lostAlone)
    .filter((loss) => model.tree.houseEvents?.has(loss));
  return [...own.map(({ id }) => id), ...alone];
}

/** A construct path also names what stands below it. */
function isNamed(resource: Resource, name: string): boolean {
  const path = nameOf(resource);
  return path === name || resource.logicalId === name || resource.id === name || path.startsWith(`${name}/`);
}

function unknownLoss({ kind, name }: LostThing, services: readonly ServiceAssessment[]): ConfigurationError {
  const known = services.flatMap(({ availability }) =>
    [...availability.model.events.values()]
      .filter((event) => event.kind === kind || (kind === 'resource' && event.kind === 'awsService'))
      .flatMap((event) =>
        kind === 'resource' ? event.resources.map(nameOf) : [event.id.slice(event.id.indexOf(':') + 1)],
      ),
  );
  const some = [...new Set(known)].sort().slice(0, 10);
  return new ConfigurationError({
    path: `--lose ${name}`,
    problem: `no service of the app depends on such a ${kind}`,
    fix: some.length === 0 ? `there is no ${kind} to lose` : `name one of ${some.join(', ')}`,
  });
}
