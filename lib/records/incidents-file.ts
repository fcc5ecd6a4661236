import { readText } from '../assembly/source/text-file';
import type { IncidentRecord } from '../objectives/incident';
import { parseIncidents } from './incidents';

/**
 * Reads incidents, and who took which page, from a file.
 *
 * @throws ConfigurationError where it cannot be read, or something in it is not understood
 */
export function readIncidents(file: string): IncidentRecord {
  return parseIncidents(readText(file, 'name a record of incidents in YAML or JSON, in UTF-8').text, file);
}
