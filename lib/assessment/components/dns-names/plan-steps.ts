import { type DnsRecord, normalisedName } from '../../../assembly/dns/dns-record';
import { targetsOf } from '../../../assembly/dns/dns-targets';
import type { Resource } from '../../../assembly/resource';
import { isMap, type Value } from '../../../assembly/value';
import type { FailoverTerm } from '../../../calculus/failover-time';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { regionsNoticed } from '../../recovery/noticing';
import { movedByPeople } from '../../switching/by-people';
import { sayStart, startOf } from '../../switching/plan-start';
import { regionsAmong } from '../../switching/promotion';
import { allStepsOf, PLAN, type PlanStep, takingOf } from '../../switching/switch-plan';

/** What a failover that somebody or a plan makes takes and needs. */
export interface PlanSteps {
  readonly terms: readonly FailoverTerm[];
  readonly needs: Failure;
}

/** A person flips the switch; where a Region switch plan of the app does, its other steps come first. */
export function planStepsOf(record: DnsRecord, others: readonly DnsRecord[], model: Modelling): PlanSteps {
  const plan = planFor(record);
  const noticed = regionsNoticed(
    model.services.filter(({ resources }) => resources.includes(record.resource)),
    regionsAmong(targetsOf(record)),
  );
  if (!plan) {
    model.assume(
      `somebody switches ${record.label}: it is noticed and decided in the usual time`,
      record.resource,
    );
    return { terms: movedByPeople(noticed), needs: anyOf() };
  }
  model.assume(
    `${nameOf(plan)} switches ${record.label}${startOf(plan) ? ' when its alarms say so' : ', once somebody starts it'}`,
    record.resource,
  );
  const { terms, changes, assumed } = takingOf(plan, noticed);
  sayStart(plan, assumed, model);
  return {
    terms,
    needs: changes ? anyOf(...others.map((other) => model.regionalControlPlane(other.resource))) : anyOf(),
  };
}

/** The Region switch plan that switches the health check of a record: the one that names it, else one that may. */
export function planFor(record: DnsRecord): Resource | undefined {
  const plans = record.resource.stack.graph.ofType(PLAN);
  const naming = plans.find((plan) =>
    allStepsOf(plan)
      .map(recordNamedBy)
      .some((name) => name !== undefined && name === record.name),
  );
  return (
    naming ??
    plans.find((plan) =>
      allStepsOf(plan).some((step) => switches(step.type) && recordNamedBy(step) === undefined),
    )
  );
}

function switches(type: string): boolean {
  return type === 'ARCRoutingControl' || type === 'Route53HealthCheck';
}

/** The name whose records a step switches; undefined where it does not say which. */
function recordNamedBy({ config: { Route53HealthCheckConfig: config } }: PlanStep): Value | undefined {
  const name = isMap(config) ? config.RecordName : undefined;
  return name === undefined ? undefined : normalisedName(name);
}
