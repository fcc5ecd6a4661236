import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import type { Acknowledgement } from '../assembly/source/source';
import type { Stack } from '../assembly/stack';
import { STACK_TYPE } from '../assembly/stack-resource';
import type { RecordedWeakening } from '../objectives/weakening';
import type { ResolvedService } from './services';
import type { Acceptance } from './verdict';

/** The name under which findings are acknowledged in code: `cdk-nines::RDS-01`. */
export const PLUGIN_NAME = 'cdk-nines';

/** The rules that speak of what a weakened property decides, by the property. */
const ANSWERED_BY: Readonly<Record<string, readonly string[]>> = {
  accessLogRetention: ['X-81'],
  administratorRole: ['SEC-01'],
  availabilityZones: ['ASG-01', 'ECS-02', 'ELB-01', 'LAM-05', 'VPC-03', 'VPC-07', 'X-16'],
  deletionProtection: ['ELB-06'],
  eventBridge: ['S3-09'],
  failoverBudget: ['R53-03', 'X-03'],
  flowLogRetention: ['CWL-01'],
  healthCheckFailureThreshold: ['X-03'],
  healthCheckInterval: ['X-03'],
  logRetention: ['CWL-01'],
  minTasks: ['ECS-02', 'X-16'],
  natGateways: ['VPC-02', 'X-13'],
  objectLock: ['S3-04'],
  passwordCopies: ['X-63'],
  rotatePassword: ['SEC-01'],
  rotationFunction: ['SEC-01'],
  standbyCapacity: ['ECS-02', 'X-16'],
  ttl: ['R53-03', 'X-03'],
};

/** Where a resource stands in the construct tree; a stack stands where its name says. */
export function constructPathOf({ origin, type, stack }: Resource): string | undefined {
  if (origin) return origin.path;
  return type === STACK_TYPE && stack.source.nameKnown ? stack.id : undefined;
}

/** The acknowledgement of a rule on a resource's construct or one above it; a nested stack's may stand in its parent. */
export function acknowledgementOf(rule: string, resource: Resource): Acknowledgement | undefined {
  const path = constructPathOf(resource);
  if (path === undefined) return undefined;
  const id = `${PLUGIN_NAME}::${rule}`;
  for (let stack: Stack | undefined = resource.stack; stack; stack = stack.parent) {
    const found = stack.source.acknowledgements.find(
      (acknowledgement) => acknowledgement.id === id && isAtOrAbove(acknowledgement.path, path),
    );
    if (found) return found;
  }
  return undefined;
}

/** A weakening that its construct recorded answers for what the rules say of it, until its last day. */
export function weakeningFor(
  rule: string,
  resource: Resource,
  { catalogue }: ResolvedService,
  today: Date | undefined,
): RecordedWeakening | undefined {
  const path = constructPathOf(resource);
  if (path === undefined || today === undefined) return undefined;
  const day = dayOf(today);
  return catalogue?.weakenings.find(
    (weakening) => weakening.expires >= day && answersFor(weakening, rule, `${resource.stack.id}/`, path),
  );
}

/** What a weakening in force says of a fail. */
export function acceptedByWeakening({ approver, expires, reason }: RecordedWeakening): Acceptance {
  return { by: printable(approver), until: expires, reason: printable(reason) };
}

/** A day as people write it, `YYYY-MM-DD`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** What is weakened is written as `Network.natGateways`: a construct of the stack and its property. */
function answersFor({ what }: RecordedWeakening, rule: string, stack: string, path: string): boolean {
  const dot = what.lastIndexOf('.');
  const rules = ANSWERED_BY[what.slice(dot + 1)] ?? [];
  return (
    rules.includes(rule) && isAtOrAbove(dot < 0 ? stack.slice(0, -1) : `${stack}${what.slice(0, dot)}`, path)
  );
}

/** Whether a construct path is another's own or leads to it. */
export function isAtOrAbove(scope: string, path: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
