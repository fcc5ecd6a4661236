import type { Resource } from '../assembly/resource';
import { DependencyKind } from '../objectives/dependency';
import type { ThirdParty } from '../objectives/third-party';
import type { AssessedService } from './assessed-service';

/** Something outside of a service that its owner says it needs. */
export interface Declared {
  readonly name: string;
  readonly kind: DependencyKind;

  /** @default - another service, and no third party */
  readonly thirdParty?: ThirdParty;
}

const owners = new WeakMap<readonly AssessedService[], ReadonlyMap<Resource, AssessedService>>();

/**
 * What the service of a resource declares of where a variable leads: the third party or the service that the host, or the
 * variable itself, is named after. A hard one wins over a soft one.
 */
export function declaredFor(
  resource: Resource,
  { variable, host }: { readonly variable: string; readonly host?: string },
  services: readonly AssessedService[],
): Declared | undefined {
  const owner = ownersOf(services).get(resource);
  if (!owner) return undefined;
  const parties = owner.thirdParties.map((party): Declared => ({ ...pick(party), thirdParty: party }));
  const others = owner.dependsOn.map(({ service: name, kind }): Declared => ({ name, kind }));
  const found = [...parties, ...others].filter(
    (one) => isNamedIn(one.name, variable, host) || (host !== undefined && tellsAt(one.thirdParty, host)),
  );
  return found.find(({ kind }) => kind === DependencyKind.HARD) ?? found[0];
}

function pick({ name, kind }: ThirdParty): Pick<Declared, 'name' | 'kind'> {
  return { name, kind };
}

function ownersOf(services: readonly AssessedService[]): ReadonlyMap<Resource, AssessedService> {
  const known =
    owners.get(services) ??
    new Map(services.flatMap((service) => service.resources.map((resource) => [resource, service] as const)));
  owners.set(services, known);
  return known;
}

/** Shorter names stand in too many others. */
const SHORTEST = 4;

/** `Stripe` is named in `api.stripe.com`, and in `STRIPE_URL`. */
function isNamedIn(name: string, variable: string, host: string | undefined): boolean {
  const word = bare(name);
  if (host !== undefined) {
    const lower = name.toLowerCase();
    if (host === lower || host.endsWith(`.${lower}`)) return true;
    if (
      host
        .split('.')
        .slice(0, host.includes('.') ? -1 : undefined)
        .map(bare)
        .includes(word)
    )
      return true;
  }
  return word.length >= SHORTEST && bare(variable).includes(word);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whether a third party tells how it is under the domain of a host. */
function tellsAt(party: ThirdParty | undefined, host: string): boolean {
  const [, page] = /^https?:\/\/([^/:]+)/i.exec(party?.statusPage ?? '') ?? [];
  return page !== undefined && domainOf(page.toLowerCase()) === domainOf(host);
}

/** Two labels, or three where the second is one such as `co`. */
function domainOf(host: string): string {
  const labels = host.split('.');
  const short = (labels.at(-2) ?? '').length <= 3 && labels.length > 2;
  return labels.slice(short ? -3 : -2).join('.');
}
