import { COMPONENTS } from './components';
import { STORE_TYPES } from './recovery/stores';

/** The types of resources that an assessment may name as the cause of what it finds. */
export const ASSESSED_TYPES: readonly string[] = [
  ...new Set([...COMPONENTS.keys(), ...STORE_TYPES, 'AWS::ARCRegionSwitch::Plan']),
].sort();
