import { readText } from '../assembly/source/text-file';
import type { IncidentRecord } from '../objectives/incident';
import { parseIncidents } from './incidents';

/**
 * Reads incidents, and who took which page, from a file.
 *
 * @param tell - hears of each incident that is written twice, word for word, and counted once
 * @throws ConfigurationError where it cannot be read, something in it is not understood, or two incidents have one id
 */
export function readIncidents(file: string, tell: (words: string) => void): IncidentRecord {
  const { text } = readText(file, 'name a record of incidents in YAML or JSON, in UTF-8');
  return parseIncidents(text, file, tell);
}
