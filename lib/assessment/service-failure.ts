import type { Resource } from '../assembly/resource';
import { DependencyKind } from '../objectives/dependency';
import type { AssessedService } from './assessed-service';
import { COMPONENTS } from './components';
import { entryPointsOf } from './entry-points';
import { anyOf, type Failure, NEVER, sparing } from './failure';
import { gateOf } from './fault-model';
import { idleAmong, mayRun } from './idle-work';
import { type Modelling, nameOf } from './modelling';
import { operationalBecause } from './operations';
import { joinedStages, servicesMeant } from './stages';
import { nameThirdParties, thirdPartyFails } from './third-parties';
import { waysInFail } from './ways-in';

/** What makes the services of one app fail. */
export class ServiceFailures {
  readonly #failures = new Map<string, Failure>();
  readonly #entries = new Map<AssessedService, readonly Resource[]>();

  constructor(
    private readonly services: readonly AssessedService[],
    private readonly model: Modelling,
  ) {}

  /** What makes one resource fail, as seen from a region; of what no component is, never. */
  readonly ofResource = (resource: Resource, from?: string, spared?: string): Failure => {
    const key = gateOf(resource, from, spared);
    const known = this.#failures.get(key);
    if (known) return known;
    const failure =
      spared === undefined
        ? (COMPONENTS.get(resource.type)?.fails(resource, this.model, from) ?? NEVER)
        : sparing(this.ofResource(resource, from), spared);
    this.#failures.set(key, failure);
    return failure;
  };

  entriesOf(service: AssessedService): readonly Resource[] {
    const known = this.#entries.get(service) ?? this.#waysIn(service);
    this.#entries.set(service, known);
    return known;
  }

  /** Without what nobody waits for, where anything else is found. */
  #waysIn(service: AssessedService): readonly Resource[] {
    const resources = mayRun(service, this.model, this.ofResource);
    const found = entryPointsOf({ ...service, resources }, this.ofResource);
    this.#nameOperational(service, found);
    const idle = idleAmong(found, service, this.ofResource);
    if (idle.length === found.length) return found;
    for (const entry of idle)
      this.model.assume(`no user waits for ${nameOf(entry)}: it touches nothing of the service`, entry);
    return found.filter((entry) => !idle.includes(entry));
  }

  /** What is said to be nobody's business is told, so that it can be doubted. */
  #nameOperational({ resources }: AssessedService, entries: readonly Resource[]): void {
    for (const resource of resources) {
      const because = operationalBecause(resource);
      if (because === undefined || entries.includes(resource)) continue;
      this.model.assume(`no user waits for ${nameOf(resource)}: ${because}`, resource);
    }
  }

  /** A service is down when what it owes users is, when all its copies share a defect, or when it misses what it needs. */
  ofService(service: AssessedService): Failure {
    const needed = this.#neededBy(service);
    nameThirdParties(needed.flatMap(thirdPartiesOf), this.model);
    this.#nameJoined(needed);
    const failures = needed.map((each) =>
      anyOf(
        this.#software(each),
        waysInFail(each, { entries: this.entriesOf(each), model: this.model, failureOf: this.ofResource }),
        ...thirdPartiesOf(each).map((party) => thirdPartyFails(party, this.model)),
        ...this.#unknownServices(each),
      ),
    );
    return anyOf(...failures);
  }

  /** Nothing but its regions tells a stage that is a region of a service from one that is a copy for trials. */
  #nameJoined(services: readonly AssessedService[]): void {
    for (const service of services) {
      const stages = joinedStages(service);
      if (stages.length === 0) continue;
      this.model.assume(
        `the stages ${stages.join(', ')} are taken for regions of one ${service.name}: they have no region in common, and none alone is marked as non-production`,
      );
    }
  }

  /** The service itself and all services of the app that it cannot do without, at any distance. */
  #neededBy(service: AssessedService): readonly AssessedService[] {
    const needed = new Set([service]);
    for (const each of needed)
      for (const { service: name, kind } of each.dependsOn) {
        if (kind !== DependencyKind.HARD) continue;
        for (const other of servicesMeant(name, each, this.services)) needed.add(other);
      }
    return [...needed];
  }

  #software(service: AssessedService): Failure {
    return this.model.event({
      id: `software:${service.name}`,
      kind: 'software',
      what: `a defect in all copies of ${service.name}`,
      resources: [],
      likelihood: this.model.assumption('software'),
    });
  }

  /** Services that another app holds: nothing is known of them but that they are needed. */
  #unknownServices(service: AssessedService): readonly Failure[] {
    const missing = service.dependsOn.filter(
      ({ service: name, kind }) =>
        kind === DependencyKind.HARD && !this.services.some((other) => other.name === name),
    );
    return missing.map(({ service: name }) => {
      this.model.assume(`${name} is not in the app: its availability is assumed`);
      return this.model.event({
        id: `service:${name}`,
        kind: 'service',
        what: `the service ${name}`,
        resources: [],
        likelihood: this.model.assumption('withoutAgreement'),
      });
    });
  }
}

/** Those that it cannot do without. */
function thirdPartiesOf({ thirdParties }: AssessedService): AssessedService['thirdParties'] {
  return thirdParties.filter(({ kind }) => kind === DependencyKind.HARD);
}
