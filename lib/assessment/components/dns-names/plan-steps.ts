import { type DnsRecord, normalisedName } from '../../../assembly/dns/dns-record';
import { valuesAt } from '../../../assembly/network/zones';
import type { Resource } from '../../../assembly/resource';
import { isList, isMap, type Value, type ValueMap } from '../../../assembly/value';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import type { FailoverTerm } from '../../../calculus/failover-time';
import { anyOf, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';

/** What a failover that somebody or a plan makes takes and needs. */
export interface PlanSteps {
  readonly terms: readonly FailoverTerm[];
  readonly needs: Failure;
}

const { acknowledgeSeconds, decideSeconds, auroraGlobalFailoverSeconds, instanceLaunchSeconds, bootSeconds } =
  AWS_FACTS;

/** What it takes until a person has decided that something is switched. */
export const PERSON: readonly FailoverTerm[] = [
  { what: 'somebody notices', seconds: acknowledgeSeconds.value.typical, source: acknowledgeSeconds.source },
  { what: 'somebody decides', seconds: decideSeconds.value.typical, source: decideSeconds.source },
];

/** Steps of a Region switch plan that change what runs: how long each usually takes. */
const CHANGING: Readonly<Record<string, FailoverTerm>> = {
  AuroraGlobalDatabase: {
    what: 'promotion of the database',
    seconds: auroraGlobalFailoverSeconds.value.typical,
    source: auroraGlobalFailoverSeconds.source,
  },
  EC2AutoScaling: scaling('instances'),
  ECSServiceScaling: scaling('tasks'),
  EKSResourceScaling: scaling('pods'),
};

function scaling(what: string): FailoverTerm {
  return {
    what: `more ${what}`,
    seconds: instanceLaunchSeconds.value.typical + bootSeconds.value.typical,
    source: instanceLaunchSeconds.source,
  };
}

/** A person flips the switch; where a Region switch plan of the app does, its other steps come first. */
export function planStepsOf(record: DnsRecord, others: readonly DnsRecord[], model: Modelling): PlanSteps {
  const plan = planFor(record);
  if (!plan) {
    model.assume(
      `somebody switches ${record.label}: it is noticed and decided in the usual time`,
      record.resource,
    );
    return { terms: PERSON, needs: anyOf() };
  }
  model.assume(
    `${nameOf(plan)} switches ${record.label}${isTriggered(plan) ? ' when its alarms say so' : ', once somebody starts it'}`,
    record.resource,
  );
  const { terms, changes } = takingOf(plan);
  return {
    terms,
    needs: changes ? anyOf(...others.map((other) => model.regionalControlPlane(other.resource))) : anyOf(),
  };
}

/** What a Region switch plan takes, with the people that it waits for, and whether it changes what runs. */
export function takingOf(plan: Resource): {
  readonly terms: readonly FailoverTerm[];
  readonly changes: boolean;
} {
  const types = stepsOf(plan).map(({ type }) => type);
  const changes = types.map((type) => CHANGING[type]).filter((term) => term !== undefined);
  const byPerson = !isTriggered(plan) || types.includes('ManualApproval');
  return { terms: [...(byPerson ? PERSON : []), ...changes], changes: changes.length > 0 };
}

/** The Region switch plan that switches the health check of a record: the one that names it, else one that may. */
export function planFor(record: DnsRecord): Resource | undefined {
  const plans = record.resource.stack.graph.ofType('AWS::ARCRegionSwitch::Plan');
  const naming = plans.find((plan) =>
    stepsOf(plan).some(({ name }) => name !== undefined && name === record.name),
  );
  return (
    naming ??
    plans.find((plan) => stepsOf(plan).some(({ type, name }) => switches(type) && name === undefined))
  );
}

function switches(type: string): boolean {
  return type === 'ARCRoutingControl' || type === 'Route53HealthCheck';
}

function isTriggered(plan: Resource): boolean {
  const triggers = plan.get('Triggers');
  return isList(triggers) && triggers.length > 0;
}

interface Step {
  readonly type: string;

  /** The name whose records it switches. @default - it switches none, or does not say which */
  readonly name: Value | undefined;
}

/** The steps of one workflow; those of the other direction are the same, the other way round. */
function stepsOf(plan: Resource): readonly Step[] {
  const [workflow] = valuesAt(plan, 'Workflows.*.Steps');
  const steps: readonly Value[] = isList(workflow) ? workflow : [];
  return steps.flatMap((step) =>
    isMap(step) && typeof step.ExecutionBlockType === 'string'
      ? [{ type: step.ExecutionBlockType, name: recordNamedBy(step) }]
      : [],
  );
}

function recordNamedBy({ ExecutionBlockConfiguration: block }: ValueMap): Value | undefined {
  const config = isMap(block) ? block.Route53HealthCheckConfig : undefined;
  const name = isMap(config) ? config.RecordName : undefined;
  return name === undefined ? undefined : normalisedName(name);
}
