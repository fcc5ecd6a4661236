import type { Resource } from '../assembly/resource';
import { AWS_FACTS } from '../calculus/aws-facts';
import { type FailoverTerm, failoverTime } from '../calculus/failover-time';
import { switchingLikelihood } from '../calculus/switching';
import { RegionRole } from '../objectives/region-role';
import type { AssessedService } from './assessed-service';
import { isRebuildable } from './data-owed';
import { allOf, anyOf, type Failure } from './failure';
import { type Modelling, nameOf } from './modelling';
import { holdsOwnData, STORE_TYPES, storeFor } from './recovery/stores';
import { keepSameData } from './same-data';
import { takingOf } from './switching/switch-plan';

/** Types of which one serves all regions. */
const GLOBAL_TYPES: ReadonlySet<string> = new Set([
  'AWS::CloudFront::Distribution',
  'AWS::GlobalAccelerator::Accelerator',
  'AWS::Route53::RecordSet',
  'AWS::Route53::RecordSetGroup',
]);

/**
 * What makes the ways into a service fail. All of one region are needed there; regions that are declared to stand in for
 * each other do so, if the change from one to the other works.
 */
export function waysInFail(
  service: AssessedService,
  entries: readonly Resource[],
  model: Modelling,
): Failure {
  const roles = rolesOf(service, entries);
  const anywhere = entries.filter(
    (entry) => GLOBAL_TYPES.has(entry.type) || roleOf(entry, roles) === undefined,
  );
  const byRegion = (wanted: RegionRole) =>
    [...roles]
      .filter(([, role]) => role === wanted)
      .map(([region]) => failureIn(region, entries, { anywhere, model }));
  const standby = byRegion(RegionRole.STANDBY);
  const active = [...byRegion(RegionRole.PRIMARY), ...byRegion(RegionRole.ACTIVE)];
  const alone = entries.filter(
    (entry) => SERVING.has(roleOf(entry, roles)) && isAlone(entry, service, model),
  );
  return anyOf(
    ...[...anywhere, ...alone].map((entry) => model.of(entry)),
    together(active, standby, { service, model }),
  );
}

const SERVING: ReadonlySet<RegionRole | undefined> = new Set([RegionRole.PRIMARY, RegionRole.ACTIVE]);

/** Whether no other region takes over from a store, as nothing replicates its data: that is not there. */
function isAlone(
  entry: Resource,
  { name, dataClasses, resources }: AssessedService,
  model: Modelling,
): boolean {
  if (!STORE_TYPES.includes(entry.type) || !holdsOwnData(entry, true)) return false;
  if (isRebuildable(entry, dataClasses) === true) return false;
  if ((storeFor(entry, model)?.copies ?? []).length > 0) return false;
  const elsewhere = resources.filter(({ type, region }) => type === entry.type && region !== entry.region);
  if (elsewhere.some((other) => keepSameData(entry, other))) return false;
  model.assume(
    `no other region of ${name} takes over from ${nameOf(entry)}: nothing replicates its data`,
    entry,
  );
  return true;
}

/** The regions of which a role is declared, without those that only vote. */
function rolesOf({ roles }: AssessedService, entries: readonly Resource[]): ReadonlyMap<string, RegionRole> {
  const regions = new Set(entries.map(({ region }) => region));
  const known = [...roles].filter(([region, role]) => role !== RegionRole.WITNESS && regions.has(region));
  return new Map(roles.size > 1 ? known : []);
}

function roleOf({ region }: Resource, roles: ReadonlyMap<string, RegionRole>): RegionRole | undefined {
  return region === undefined ? undefined : roles.get(region);
}

function failureIn(
  region: string,
  entries: readonly Resource[],
  { anywhere, model }: { readonly anywhere: readonly Resource[]; readonly model: Modelling },
): Failure {
  const own = entries.filter((entry) => entry.region === region && !anywhere.includes(entry));
  return anyOf(...own.map((entry) => model.of(entry)));
}

/** What is lost in one region is taken over by the others when the switch works. */
function together(
  active: readonly Failure[],
  standby: readonly Failure[],
  { service, model }: { readonly service: AssessedService; readonly model: Modelling },
): Failure {
  const serving = anyOf(...active);
  if (active.length + standby.length < 2 || serving.kind === 'never') return serving;
  model.assume(`the regions of ${service.name} stand in for each other behind what no DNS name leads to`);
  return anyOf(allOf(changeFails(service, model), serving), allOf(...active, ...standby));
}

/** The change of region does not work, lacks the control plane that it needs, or is not through yet. */
function changeFails(service: AssessedService, model: Modelling): Failure {
  const plan = service.resources.find(({ type }) => type === 'AWS::ARCRegionSwitch::Plan');
  const { terms: steps, changes } = plan ? takingOf(plan) : { terms: [LED], changes: false };
  const terms = [...NOTICED, ...steps];
  const seconds = terms.reduce((sum, term) => sum + term.seconds, 0);
  if (!plan)
    model.assume(
      `what leads users of ${service.name} to another region is not in the app: it is taken to do so within ${seconds} s, as health checks and an alias would`,
    );
  const event = (id: string, what: string, likelihood = model.assumption('switchOnDemand')) =>
    model.event({ id, kind: 'switch', what, resources: [], likelihood });
  return anyOf(
    event(`switch:${service.name}`, `the change of region of ${service.name}`),
    event(
      `switching:${service.name}`,
      `the ${seconds} s in which users of ${service.name} still go to the broken region`,
      switchingLikelihood(terms, model.repair),
    ),
    ...(changes ? inStandby(service).map((resource) => model.regionalControlPlane(resource)) : []),
  );
}

/** A resource of each region that stands by. */
function inStandby({ roles, resources }: AssessedService): readonly Resource[] {
  return [...roles]
    .filter(([, role]) => role === RegionRole.STANDBY)
    .flatMap(([region]) => resources.find((resource) => resource.region === region) ?? []);
}

const {
  route53AliasTtlSeconds: alias,
  route53DefaultFailureThreshold: threshold,
  route53DefaultHealthCheckIntervalSeconds: interval,
} = AWS_FACTS;

/** Health checks with the settings of AWS. */
const NOTICED: readonly FailoverTerm[] = failoverTime({
  detection: { kind: 'health-check', intervalSeconds: interval.value, failureThreshold: threshold.value },
}).typical.terms;

/** How long what a name said before is kept. */
const LED: FailoverTerm = { what: 'alias TTL', seconds: alias.value, source: alias.source };
