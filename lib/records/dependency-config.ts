import type { Node } from 'yaml';
import { DependencyKind } from '../objectives/dependency';
import type { ThirdParty } from '../objectives/third-party';
import { contractIn } from './contract-config';
import { type AvailabilityKind, availabilityIn } from './fractions';
import { oneOf } from './one-of';
import type { YamlReader } from './yaml-reader';

/** What a service owes and needs, beside what its tier and its templates say. */
export interface DependencyConfig {
  /** The availability that is owed, as a fraction. @default - the tier's */
  readonly slo?: number;

  /** Other services that it needs, by name. @default - none */
  readonly dependsOn?: readonly ConfiguredDependency[];

  /** Services of others that it needs. @default - none */
  readonly thirdParties?: readonly ThirdParty[];
}

/** Another service that a service needs. */
export interface ConfiguredDependency {
  readonly service: string;
  readonly kind: DependencyKind;
}

/** The keys of a service that this reads. */
export const DEPENDENCY_KEYS: readonly string[] = ['slo', 'dependsOn', 'thirdParties'];

const SLO: AvailabilityKind = {
  what: 'slo',
  mayBeWhole: false,
  insteadOfNothing: 'write what is owed, such as 0.999, or leave slo away: then the tier decides',
};

const SLA: AvailabilityKind = {
  what: 'sla',
  mayBeWhole: true,
  insteadOfNothing: 'leave sla away where the contract promises nothing',
};

const KINDS: readonly DependencyKind[] = Object.values(DependencyKind);

/** Reads `slo`, `dependsOn` and `thirdParties` of a service. */
export function dependencyConfigIn(fields: ReadonlyMap<string, Node>, reader: YamlReader): DependencyConfig {
  const slo = fields.get('slo');
  const dependsOn = reader
    .list(fields.get('dependsOn'), 'dependsOn')
    .map((node) => dependencyIn(node, reader));
  const thirdParties = reader
    .list(fields.get('thirdParties'), 'thirdParties')
    .map((node) => thirdPartyIn(node, reader));
  return {
    ...(slo && { slo: availabilityIn(slo, SLO, reader) }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(thirdParties.length > 0 && { thirdParties }),
  };
}

function dependencyIn(node: Node, reader: YamlReader): ConfiguredDependency {
  const fields = reader.map(node, ['service', 'kind'], 'a dependency');
  const service = fields.get('service') ?? reader.refuse(node, 'a dependency has no service', 'add service');
  return { service: reader.text(service, 'service'), kind: kindIn(fields.get('kind'), reader) };
}

function thirdPartyIn(node: Node, reader: YamlReader): ThirdParty {
  const fields = reader.map(node, ['name', 'kind', 'sla', 'statusPage', 'contract'], 'a third party');
  const name = fields.get('name') ?? reader.refuse(node, 'a third party has no name', 'add name');
  const [sla, statusPage, contract] = [fields.get('sla'), fields.get('statusPage'), fields.get('contract')];
  const party = {
    name: reader.text(name, 'name'),
    kind: kindIn(fields.get('kind'), reader),
    ...(sla && { sla: availabilityIn(sla, SLA, reader) }),
    ...(statusPage && { statusPage: reader.text(statusPage, 'statusPage') }),
  };
  return contract ? { ...party, contract: contractIn(contract, party, reader) } : party;
}

/** Where nobody says, it cannot do without: that errs on the safe side. */
function kindIn(node: Node | undefined, reader: YamlReader): DependencyKind {
  return node ? oneOf(node, KINDS, { what: 'kind', reader }) : DependencyKind.HARD;
}
