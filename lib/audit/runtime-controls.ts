import {
  BACKUP,
  BACKUP_COVERAGE,
  CAPACITY,
  CHANGE_SAFETY,
  DELETION_PROTECTION,
  ENCRYPTION_KEYS,
  IMMUTABILITY,
  PATCHING,
  REDUNDANCY,
} from './control-families';
import { distinctControls } from './control-words';
import type { Control } from './controls';

/** What the rules support that only a running account decides, by rule id. */
export const RUNTIME_CONTROLS: Readonly<Record<string, readonly Control[]>> = {
  'API-05': CHANGE_SAFETY,
  'BKP-10': BACKUP_COVERAGE,
  'DDB-06': CAPACITY,
  'DRS-01': BACKUP,
  'EBS-04': distinctControls([...IMMUTABILITY, ...ENCRYPTION_KEYS]),
  'HSM-01': REDUNDANCY,
  'MSK-02': CAPACITY,
  'R53-07': DELETION_PROTECTION,
  'RDS-21': IMMUTABILITY,
  'S3-05': IMMUTABILITY,
  'SGW-01': REDUNDANCY,
  'SSM-01': PATCHING,
  'STS-01': REDUNDANCY,
  'VPN-01': REDUNDANCY,
};
