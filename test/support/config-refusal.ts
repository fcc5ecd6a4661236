import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';

/** The line with which a configuration is refused, or `accepted`. */
export function configRefusal(text: string): string {
  try {
    parseConfig(text, 'nines.config.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
}
