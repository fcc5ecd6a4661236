import { type Design, stackNamed } from './design';
import { webRegionFindings } from './web-region';

/** Tier 2 in one region: three zones, a way out in each. */
export const quickstart: Design = (stacks) =>
  webRegionFindings(stackNamed(stacks, 'Catalogue-eu-west-1'), {
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    exits: ['eu-west-1a by eu-west-1a', 'eu-west-1b by eu-west-1b', 'eu-west-1c by eu-west-1c'],
    desiredTasks: 4,
    check: { path: '/health', interval: 15, timeout: 5, healthy: 3, unhealthy: 3 },
  });
