import type { AssessedService } from '../assessed-service';
import type { CapacityFinding } from '../assessment';
import { addressCapacity } from './addresses';
import { concurrencyCapacity } from './concurrency';
import { connectionCapacity } from './connections';
import { reservedCapacity } from './reservations';
import { unitsCapacity } from './units';

const USERS: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::Instance',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
]);

/** Whether what is left of a service after a loss carries its peak: what falls short first, then what cannot be told. */
export function capacityOf(service: AssessedService): readonly CapacityFinding[] {
  const { resources } = service;
  const services = [service];
  const users = resources.filter(({ type }) => USERS.has(type));
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const findings = [
    ...resources.flatMap((resource) => [
      ...unitsCapacity(resource, service, services),
      ...reservedCapacity(resource, services),
      ...addressCapacity(resource),
      ...connectionCapacity(resource, users),
    ]),
    ...concurrencyCapacity(functions, services),
  ];
  return findings.sort((a, b) => rank(a) - rank(b));
}

function rank({ meets }: CapacityFinding): number {
  return meets === undefined ? 1 : meets ? 2 : 0;
}
