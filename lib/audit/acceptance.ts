import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import type { Acceptance } from './verdict';

/** The name under which findings are acknowledged in code: `cdk-nines::RDS-01`. */
export const PLUGIN_NAME = 'cdk-nines';

/** The acknowledgement of a rule on a resource's construct or one above it. */
export function acknowledgementOf(rule: string, resource: Resource): Acceptance | undefined {
  const path = resource.origin?.path;
  if (path === undefined) return undefined;
  const id = `${PLUGIN_NAME}::${rule}`;
  const found = resource.stack.source.acknowledgements.find(
    (acknowledgement) => acknowledgement.id === id && isAtOrAbove(acknowledgement.path, path),
  );
  return found && { reason: printable(found.reason) };
}

function isAtOrAbove(scope: string, path: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
