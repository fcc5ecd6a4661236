import type { TimeSpan } from '../calculus/time-span';
import { contractTermMistakes } from './contract-mistakes';
import type { DataClass } from './data-class';
import type { Dependency } from './dependency';
import type { DataDisruption } from './disruption';
import { type Mistake, missing, quoted, refuse, repeated } from './mistakes';
import { Objectives } from './objectives';
import { noTimeMistakes } from './objectives-props';
import type { Residency } from './residency';
import { runbookMistakes } from './runbook';
import { ownerMistakes, serviceNameMistakes } from './service-identity';
import type { ThirdParty } from './third-party';
import { TIERS, Tier, tierMistakes } from './tier';
import { shortfallMistakes } from './tier-shortfall';

/** What an outage costs. Stays out of the template. */
export interface CostOfDowntime {
  /** Per hour of outage, in the currency. */
  readonly perHour: number;

  /** ISO 4217: `EUR`. */
  readonly currency: string;

  /**
   * After how long an outage can no longer be borne.
   *
   * @default - nobody has said
   */
  readonly maximumTolerable?: TimeSpan;
}

/** Properties of a service. */
export interface ServiceProps {
  /** Lower-case letters, digits and hyphens: `shop`, `card-payments`. */
  readonly name: string;

  /** How critical it is. */
  readonly tier: Tier;

  /** The team that answers for it; ends up in tags and templates, so no person. */
  readonly owner: string;

  /**
   * The system that it is a part of.
   *
   * @default - it stands for itself
   */
  readonly system?: string;

  /**
   * What is owed. No number may be weaker than the tier's unless these objectives have a weakening for it.
   *
   * @default - the objectives of the tier
   */
  readonly objectives?: Objectives;

  /**
   * Other services that it needs.
   *
   * @default - none
   */
  readonly dependsOn?: readonly Dependency[];

  /**
   * Somebody else's services that it needs.
   *
   * @default - none
   */
  readonly thirdParties?: readonly ThirdParty[];

  /**
   * Where its data may lie.
   *
   * @default - anywhere
   */
  readonly residency?: Residency;

  /**
   * The kinds of data that it keeps.
   *
   * @default - one kind, with the recovery points of the service
   */
  readonly dataClasses?: readonly DataClass[];

  /**
   * What an outage costs.
   *
   * @default - nobody has said
   */
  readonly costOfDowntime?: CostOfDowntime;

  /**
   * Where its runbook is, a path or an address.
   *
   * @default - there is none
   */
  readonly runbook?: string;
}

/**
 * A service: what it is called, how critical it is, what it is owed and what it needs.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehubv2-service.html
 */
export class Service {
  readonly name: string;
  readonly tier: Tier;
  readonly owner: string;
  readonly system: string | undefined;
  readonly objectives: Objectives;
  readonly dependsOn: readonly Dependency[];
  readonly thirdParties: readonly ThirdParty[];
  readonly residency: Residency | undefined;
  readonly dataClasses: readonly DataClass[];
  readonly costOfDowntime: CostOfDowntime | undefined;
  readonly runbook: string | undefined;

  /** @throws ConfigurationError with all mistakes at once */
  constructor(props: ServiceProps) {
    refuse(props?.name ? `service ${props.name}` : 'service', [
      ...missing(props, 'name', 'tier'),
      ...(props ? serviceMistakes(props) : []),
    ]);
    this.name = props.name;
    this.tier = props.tier;
    this.owner = props.owner;
    this.system = props.system;
    this.objectives = props.objectives ?? Objectives.forTier(props.tier);
    this.dependsOn = props.dependsOn ?? [];
    this.thirdParties = props.thirdParties ?? [];
    this.residency = props.residency;
    this.dataClasses = props.dataClasses ?? [];
    this.costOfDowntime = props.costOfDowntime;
    this.runbook = props.runbook;
  }

  /**
   * The recovery point that one class of data is owed; without a class, the service's own.
   *
   * @returns `undefined` for data that can be rebuilt: none is owed
   */
  rpo(disruption: DataDisruption, dataClass?: DataClass): TimeSpan | undefined {
    if (dataClass?.rebuildable) return undefined;
    return dataClass?.rpo?.[disruption] ?? this.objectives[disruption].rpo;
  }
}

/**
 * What is written without a compiler is caught here: a bare object carries no promise of its tier.
 *
 * @internal
 */
export function noServiceMistakes(service: Service): Mistake[] {
  return typeof service?.rpo === 'function' && service.objectives !== undefined
    ? []
    : [{ problem: 'service is no Service', fix: 'make it with new Service({ name, tier, owner })' }];
}

function serviceMistakes(props: ServiceProps): Mistake[] {
  return [
    ...identityMistakes(props),
    ...listed(props),
    ...costMistakes(props),
    ...objectivesMistakes(props),
    ...residencyMistakes(props),
  ];
}

/** What is written without a compiler is caught here: one thing where a list is asked for. */
function listed(props: ServiceProps): Mistake[] {
  const strange = (['dependsOn', 'thirdParties', 'dataClasses'] as const).filter(
    (name) => props[name] !== undefined && !Array.isArray(props[name]),
  );
  if (strange.length === 0) return entryMistakes(props);
  return strange.map((name) => ({
    problem: `${name} is ${quoted(props[name])}, which is no list`,
    fix: `write a list: ${name}: [${quoted(props[name])}]`,
  }));
}

/** The same: a bare name where an entry is asked for would be an entry that says nothing. */
function entryMistakes(props: ServiceProps): Mistake[] {
  const { dependsOn = [], thirdParties = [], dataClasses = [] } = props;
  const entries = [
    ...dependsOn.map((each) => ({ list: 'dependsOn', key: 'service', each })),
    ...thirdParties.map((each) => ({ list: 'thirdParties', key: 'name', each })),
    ...dataClasses.map((each) => ({ list: 'dataClasses', key: 'name', each })),
  ];
  const strange = entries.filter(
    ({ each, key }) => typeof (each as unknown as Record<string, unknown> | null)?.[key] !== 'string',
  );
  if (strange.length === 0) return [...relationMistakes(props), ...dataMistakes(props)];
  return strange.map(({ list, key, each }) => ({
    problem: `${list} has ${quoted(each)}, which has no ${key}`,
    fix: `write { ${key}: ${typeof each === 'string' ? quoted(each) : '…'}${list === 'dataClasses' ? '' : ', kind: DependencyKind.HARD'} }`,
  }));
}

/** What is missing is told as such. */
function identityMistakes({ name, tier, owner, runbook }: ServiceProps): Mistake[] {
  const mistakes = name ? serviceNameMistakes(name) : [];
  mistakes.push(...(tier === undefined || tier === null ? [] : tierMistakes(tier)));
  mistakes.push(...ownerMistakes(owner));
  if (runbook !== undefined) mistakes.push(...runbookMistakes(runbook));
  return mistakes;
}

/** What is written without a compiler is caught here: bare objects carry no promise of the tier. */
function objectivesMistakes({ objectives, tier }: ServiceProps): Mistake[] {
  if (!objectives || !TIERS.includes(tier)) return [];
  if (Array.isArray(objectives.weakenings)) return shortfallMistakes(objectives, tier);
  return [
    {
      problem: 'objectives are no Objectives',
      fix: `make them with Objectives.forTier(Tier.${Tier[tier]}, { ${Object.keys(objectives).join(', ')} })`,
    },
  ];
}

function residencyMistakes({ residency }: ServiceProps): Mistake[] {
  if (!residency || typeof residency.allows === 'function') return [];
  return [
    { problem: 'residency is no Residency', fix: "make it with new Residency({ countries: ['DE', 'IE'] })" },
  ];
}

function relationMistakes({ name, dependsOn = [], thirdParties = [] }: ServiceProps): Mistake[] {
  const mistakes = [
    ...twice(
      'dependency',
      dependsOn.map((dependency) => dependency.service),
    ),
    ...twice(
      'third party',
      thirdParties.map((thirdParty) => thirdParty.name),
    ),
  ];
  if (dependsOn.some((dependency) => dependency.service === name)) {
    mistakes.push({ problem: 'it depends on itself', fix: 'remove the dependency' });
  }
  for (const { name: party, sla } of thirdParties) {
    if (sla === undefined || (sla > 0 && sla <= 1)) continue;
    mistakes.push({
      problem: `the SLA of ${party} is ${sla}; it must be more than 0 and at most 1`,
      fix: 'write a fraction: 0.999 for 99.9 %',
    });
  }
  return [...mistakes, ...thirdParties.flatMap(contractTermMistakes)];
}

function dataMistakes({ dataClasses = [] }: ServiceProps): Mistake[] {
  const mistakes = twice(
    'data class',
    dataClasses.map((dataClass) => dataClass.name),
  );
  for (const { name, rpo = {}, rebuildable } of dataClasses) {
    const written = Object.entries(rpo).filter(([, span]) => span !== undefined);
    const strange = written.flatMap(([disruption, span]) =>
      noTimeMistakes(`rpo.${disruption} of data class ${name}`, span),
    );
    mistakes.push(...strange);
    const spans = strange.length > 0 ? [] : written.map(([, span]) => span.toSeconds());
    if (spans.some((seconds) => !(seconds >= 0 && Number.isFinite(seconds)))) {
      mistakes.push({ problem: `data class ${name} has an RPO that is no time`, fix: 'use 0 or more' });
    }
    if (rebuildable && spans.length > 0) {
      mistakes.push({
        problem: `data class ${name} is rebuildable and has an RPO`,
        fix: 'keep one of the two: rebuildable data is owed no recovery point',
      });
    }
  }
  return mistakes;
}

function costMistakes({ costOfDowntime }: ServiceProps): Mistake[] {
  if (!costOfDowntime) return [];
  const { perHour, currency } = costOfDowntime;
  const mistakes: Mistake[] = [];
  if (!(perHour >= 0 && Number.isFinite(perHour))) {
    mistakes.push({ problem: `an hour of downtime costs ${perHour}`, fix: 'give an amount of 0 or more' });
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    mistakes.push({
      problem: `${quoted(currency)} is no currency`,
      fix: 'write three capitals, ISO 4217: EUR',
    });
  }
  return mistakes;
}

function twice(what: string, names: readonly string[]): Mistake[] {
  return repeated(names).map((name) => ({
    problem: `${what} ${quoted(name)} is named twice`,
    fix: `name ${quoted(name)} once`,
  }));
}
