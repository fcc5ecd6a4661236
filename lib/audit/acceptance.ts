import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import { STACK_TYPE } from '../assembly/stack-resource';
import type { RecordedWeakening } from '../objectives/weakening';
import type { ResolvedService } from './services';
import type { Acceptance } from './verdict';

/** The name under which findings are acknowledged in code: `cdk-nines::RDS-01`. */
export const PLUGIN_NAME = 'cdk-nines';

/** The rules that speak of what a weakened property decides, by the property. */
const ANSWERED_BY: Readonly<Record<string, readonly string[]>> = {
  availabilityZones: ['ASG-01', 'ECS-02', 'ELB-01', 'LAM-05', 'X-16'],
  deletionProtection: ['ELB-06'],
  failoverBudget: ['R53-03', 'X-03'],
  healthCheckFailureThreshold: ['X-03'],
  healthCheckInterval: ['X-03'],
  minTasks: ['ECS-02', 'X-16'],
  natGateways: ['VPC-02', 'X-13'],
  standbyCapacity: ['ECS-02', 'X-16'],
  ttl: ['R53-03', 'X-03'],
};

/** Who answers for a fail: an acknowledgement in code, else a weakening that is in force. */
export function acceptanceOf(
  rule: string,
  resource: Resource,
  service: ResolvedService,
  today: Date | undefined,
): Acceptance | undefined {
  return acknowledgementOf(rule, resource) ?? weakeningFor(rule, resource, service, today);
}

/** Where a resource stands in the construct tree; a stack stands where its name says. */
export function constructPathOf({ origin, type, stack }: Resource): string | undefined {
  if (origin) return origin.path;
  return type === STACK_TYPE && stack.source.nameKnown ? stack.id : undefined;
}

/** The acknowledgement of a rule on a resource's construct or one above it. */
function acknowledgementOf(rule: string, resource: Resource): Acceptance | undefined {
  const path = constructPathOf(resource);
  if (path === undefined) return undefined;
  const id = `${PLUGIN_NAME}::${rule}`;
  const found = resource.stack.source.acknowledgements.find(
    (acknowledgement) => acknowledgement.id === id && isAtOrAbove(acknowledgement.path, path),
  );
  return found && { reason: printable(found.reason) };
}

/** A weakening that its construct recorded answers for what the rules say of it, until its last day. */
function weakeningFor(
  rule: string,
  resource: Resource,
  { catalogue }: ResolvedService,
  today: Date | undefined,
): Acceptance | undefined {
  const path = constructPathOf(resource);
  if (path === undefined || today === undefined) return undefined;
  const day = today.toISOString().slice(0, 10);
  const found = catalogue?.weakenings.find(
    (weakening) => weakening.expires >= day && answersFor(weakening, rule, `${resource.stack.id}/`, path),
  );
  return found && { by: printable(found.approver), until: found.expires, reason: printable(found.reason) };
}

/** What is weakened is written as `Network.natGateways`: a construct of the stack and its property. */
function answersFor({ what }: RecordedWeakening, rule: string, stack: string, path: string): boolean {
  const dot = what.lastIndexOf('.');
  const rules = ANSWERED_BY[what.slice(dot + 1)] ?? [];
  return (
    rules.includes(rule) && isAtOrAbove(dot < 0 ? stack.slice(0, -1) : `${stack}${what.slice(0, dot)}`, path)
  );
}

function isAtOrAbove(scope: string, path: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
