import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { regionSwitch } from '../../patterns/region-switch';
import { acceptPattern, findingsIn, surroundings } from '../../support/pattern';

acceptPattern(regionSwitch);

const KINDS = [
  'aurora',
  'documents',
  'graph',
  'promotion',
  'swap',
  'provisioned',
  'serverless',
  'group',
  'service',
  'pods',
  'function',
  'mapping',
  'command',
] as const;

describe('the pattern RegionSwitch with every kind of step', () => {
  it.each([0, 1, 2] as const)('has no finding at tier %i', (tier) => {
    const around = surroundings(regionSwitch, tier);
    const build = (stack: RegionStack) =>
      regionSwitch.buildWith?.(
        stack,
        {
          kinds: KINDS,
          timeout: 1,
          approvals: undefined,
          approvalMinutes: 1,
          detectionMinutes: 1,
          stateful: undefined,
          sideBySide: false,
          afterwards: true,
          ownOrder: false,
          alarms: 2,
          answeredFor: false,
        },
        around,
      );
    expect(findingsIn({ ...regionSwitch, build }, around)).toEqual({ audit: [], nag: [], ties: [] });
  });
});
