import { TIERS } from '../../../../lib/objectives/tier';
import { incidentBridge } from '../../../patterns/incident-bridge';
import { acceptPattern, findingsIn, type Pattern, surroundings } from '../../../support/pattern';

acceptPattern(incidentBridge);

/** Every tool that there is. */
const allTools: Pattern = {
  construct: 'IncidentBridge',
  service: incidentBridge.service ?? {},
  build: (stack, around) =>
    incidentBridge.buildWith?.(
      stack,
      { tools: ['pagerDuty', 'serviceNow', 'jira', 'slack', 'opsItem'], heard: true },
      around,
    ),
};

it.each(TIERS)('has no finding with all tools at tier %i', (tier) => {
  expect(findingsIn(allTools, surroundings(allTools, tier))).toEqual({ audit: [], nag: [], ties: [] });
});
