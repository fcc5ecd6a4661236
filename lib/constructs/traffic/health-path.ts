import { Token } from 'aws-cdk-lib/core';
import { ConfigurationError } from '../../errors';

/** Where an application says whether it can serve. @internal */
export const DEFAULT_HEALTH_PATH = '/health';

/**
 * A path that tells something about the application: `/` is answered by a web server whose application is dead.
 *
 * @param constructPath who asks for it, for the error
 * @throws ConfigurationError when the path is `/`, or no path at all
 * @internal
 */
export function checkHealthPath(path: string, constructPath: string): string {
  if (Token.isUnresolved(path) || /^\/[^\s?#]*[^\s/?#]/.test(path)) return path;
  throw new ConfigurationError({
    path: constructPath,
    problem: `the health check asks for '${path}', which says nothing about the application`,
    fix: `answer on a path of its own, such as '${DEFAULT_HEALTH_PATH}', and set healthCheckPath to it`,
  });
}
