import type { Resource } from '../../assembly/resource';
import type { AssessedService } from '../assessed-service';
import { checkFails } from '../components/dns-names/health';
import { allOf, anyOf, type Failure, type FaultEvent, sparing } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { usually } from './by-people';
import { checkOf, endpointBefore, leadingBy } from './event-endpoint';
import { type Led, ledBy } from './led-by';
import { notThrough } from './not-through';
import { sayStart } from './plan-start';
import { promotionBehind } from './promotion';
import { startsOf } from './started-by';
import { secondsOf } from './switch-plan';

/** What the change of region of a service is worked out from. */
export interface Changing {
  readonly service: AssessedService;

  /** The regions that serve, and those that may take over. */
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;

  /** What leads users of the service between these regions: the events of names, distributions and accelerators. */
  readonly names: readonly FaultEvent[] | undefined;

  /** Whether users come in by a resource itself. */
  readonly isAsked: (entry: Resource) => boolean;
  readonly model: Modelling;
}

/** How what no name leads to comes to be done in another region, each way in its own time. */
export class RegionChange {
  #byHand: Failure | undefined;

  constructor(private readonly changing: Changing) {}

  /** What its users lose of a way in of a region that serves, although another region could serve them. */
  lostWith(entry: Resource): Failure {
    const { model, names, isAsked } = this.changing;
    const starts = startsOf(entry);
    const twins = this.#twinsOf(entry).flatMap((twin) => startsOf(twin));
    const off = twins.filter(({ isOff }) => isOff).map(({ via }) => via);
    if (off.length > 0) this.#sayTurnedOff(off);
    if (off.length > 0 && off.length === twins.length)
      return allOf(
        model.of(entry),
        anyOf(this.#led(entry), ...off.map((via) => model.regionalControlPlane(via))),
      );
    if (starts.length > 0 && starts.every(({ kind }) => kind === 'clock')) return this.#goesOn(entry);
    const endpoint = endpointBefore(starts);
    if (endpoint) return allOf(model.of(entry), this.#byEndpoint(endpoint));
    if (names && !isAsked(entry)) return this.#withNames(entry, names);
    this.#sayNothingLeads(entry);
    return allOf(model.of(entry), this.#led(entry));
  }

  /** The same in the other regions: by its id, else all of its type. */
  #twinsOf(entry: Resource): readonly Resource[] {
    const { service, to } = this.changing;
    const others = service.resources.filter(
      (other) => other.type === entry.type && other.region !== entry.region && to.has(regionKey(other)),
    );
    const same = others.filter(({ logicalId }) => logicalId === entry.logicalId);
    return same.length > 0 ? same : others;
  }

  /** A clock that runs in the other region starts the work there; it waits only for the data. */
  #goesOn(entry: Resource): Failure {
    const { service, model } = this.changing;
    const promotion = this.#promotion(entry);
    if (!promotion) return anyOf();
    return allOf(
      model.of(entry),
      notThrough(
        {
          id: `${service.name} data`,
          usersOf: service.name,
          broken: 'the broken region',
          resources: [promotion.copy],
          led: [],
          promotion,
        },
        model,
      ),
    );
  }

  /** A name sees that its region is lost; what else breaks the work, it does not see. */
  #withNames(entry: Resource, names: readonly FaultEvent[]): Failure {
    const { model } = this.changing;
    const [first] = names;
    const name = first ? `${first.id.slice(first.id.indexOf(':') + 1)} is` : 'all requests are';
    model.assume(
      `${nameOf(entry)} is left with its region as ${name}; where it alone is broken, that takes what changes the region`,
      entry,
    );
    const region = model.region(entry);
    const id = region.kind === 'event' ? region.event.id : '';
    return anyOf(
      allOf(region, anyOf(...names.map((event) => model.event(event)))),
      allOf(sparing(model.of(entry), id), this.#led(entry)),
    );
  }

  /** A check that follows an endpoint is taken to see what breaks behind it, as that of a name is. */
  #byEndpoint(endpoint: Resource): Failure {
    const { model } = this.changing;
    const name = nameOf(endpoint);
    const check = checkOf(endpoint);
    const { detection, ttl } = leadingBy(endpoint);
    return anyOf(
      model.event({
        id: `switch:${name}`,
        kind: 'switch',
        what: `failover of ${name}`,
        resources: [endpoint],
        likelihood: model.assumption('switchOnDemand'),
      }),
      notThrough(
        {
          id: name,
          usersOf: name,
          broken: 'the broken region',
          resources: [endpoint],
          led: [detection, ttl].map(usually),
          promotion: this.#promotion(endpoint),
        },
        model,
      ),
      ...(check ? [checkFails(check, model)] : []),
    );
  }

  /** A plan or a person leads users to the other region. */
  #led(entry: Resource): Failure {
    this.#byHand ??= this.#changeFails(entry);
    return this.#byHand;
  }

  #changeFails(entry: Resource): Failure {
    const { service, model, to } = this.changing;
    const { plan, terms, changes } = this.#leading();
    return anyOf(
      model.event({
        id: `switch:${service.name}`,
        kind: 'switch',
        what: `the change of region of ${service.name}`,
        resources: [],
        likelihood: model.assumption('switchOnDemand'),
      }),
      notThrough(
        {
          id: service.name,
          usersOf: service.name,
          broken: 'the broken region',
          resources: [],
          led: terms,
          promotion: this.#promotion(plan ?? entry),
        },
        model,
      ),
      ...(changes ? oneIn(to, service).map((resource) => model.regionalControlPlane(resource)) : []),
    );
  }

  #leading(): Led {
    const { service, from, to, model } = this.changing;
    const led = ledBy([service], { from, to });
    if (led.plan) sayStart(led.plan, led.assumed, model);
    return led;
  }

  #promotion(way: Resource) {
    const { from, to, model } = this.changing;
    return promotionBehind({ way, from, to }, model);
  }

  #sayNothingLeads(entry: Resource): void {
    const { service, model } = this.changing;
    const { plan, terms } = this.#leading();
    const who = plan ? `${nameOf(plan)} is taken to` : 'a person does';
    model.assume(
      `what leads users of ${service.name} from ${nameOf(entry)} to another region is not in the app: ${who}, within ${secondsOf(terms)} s`,
      entry,
    );
  }

  #sayTurnedOff(off: readonly Resource[]): void {
    const { plan, terms } = this.#leading();
    const who = plan ? `${nameOf(plan)} is taken to turn it on` : 'a person turns it on';
    for (const via of new Set(off))
      this.changing.model.assume(
        `${nameOf(via)} is turned off: ${who}, within ${secondsOf(terms)} s, where its work must go on there`,
        via,
      );
  }
}

function oneIn(regions: ReadonlySet<string>, { resources }: AssessedService): readonly Resource[] {
  return [...regions].flatMap((region) => resources.find((resource) => resource.region === region) ?? []);
}
