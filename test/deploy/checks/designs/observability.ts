import { type Design, stackNamed } from './design';
import { webRegionFindings } from './web-region';

/** Tier 1: Ireland sells tickets, Frankfurt stands ready, and both are watched. */
export const observability: Design = (stacks) =>
  [
    { code: 'eu-west-1', desiredTasks: 6 },
    { code: 'eu-central-1', desiredTasks: 3 },
  ].flatMap(({ code, desiredTasks }) => {
    const zones = ['a', 'b', 'c'].map((letter) => `${code}${letter}`);
    return webRegionFindings(stackNamed(stacks, `Tickets-${code}`), {
      zones,
      exits: zones.map((zone) => `${zone} by ${zone}`),
      desiredTasks,
      check: { path: '/health/ready', interval: 10, timeout: 5, healthy: 2, unhealthy: 2 },
    });
  });
