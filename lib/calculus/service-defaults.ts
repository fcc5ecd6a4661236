import { COMPUTE_DEFAULTS } from './defaults/compute';
import { DATA_DEFAULTS } from './defaults/data';
import { GOVERNANCE_DEFAULTS } from './defaults/governance';
import { MESSAGING_DEFAULTS } from './defaults/messaging';
import { NETWORK_DEFAULTS } from './defaults/network';
import { STORAGE_DEFAULTS } from './defaults/storage';
import type { ServiceDefault, ServiceDefaults } from './service-default';

/** What each service takes where a property of its CloudFormation type is left out. One type stands in one area. */
export const SERVICE_DEFAULTS: ServiceDefaults = {
  ...COMPUTE_DEFAULTS,
  ...DATA_DEFAULTS,
  ...GOVERNANCE_DEFAULTS,
  ...MESSAGING_DEFAULTS,
  ...NETWORK_DEFAULTS,
  ...STORAGE_DEFAULTS,
};

/** What a service takes where a property is left out; undefined where it takes nothing, or no page says what. */
export function serviceDefault(type: string, path: string): ServiceDefault | undefined {
  return SERVICE_DEFAULTS[type]?.[path];
}
