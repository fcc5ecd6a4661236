import type { ServiceDefaults } from '../service-default';

/** What the services of this area take where a property is left out. @internal */
export const MESSAGING_DEFAULTS: ServiceDefaults = {};
