import type { ServiceDefaults } from '../service-default';

/** What the services of this area take where a property is left out. @internal */
export const STORAGE_DEFAULTS: ServiceDefaults = {};
