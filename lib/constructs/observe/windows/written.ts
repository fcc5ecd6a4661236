import type { IConstruct } from 'constructs';
import type { Expressed } from '../../../calculus/windows/expressed';
import { ConfigurationError } from '../../../errors';

/**
 * A window in the words of a service.
 *
 * @throws ConfigurationError with the reason, when the service has no words for it
 * @internal
 */
export function written<T>(scope: IConstruct, { id }: { readonly id: string }, words: Expressed<T>): T {
  if ('written' in words) return words.written;
  const { problem, fix } = words;
  throw new ConfigurationError({ path: scope.node.path, problem: `window ${id}: ${problem}`, fix });
}
