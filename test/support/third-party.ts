import { DependencyKind } from '../../lib/objectives/dependency';
import type { ThirdParty } from '../../lib/objectives/third-party';

/** Somebody else's service that the shop is down without, with all that a contract may say. */
export const cards: ThirdParty = {
  name: 'cards',
  kind: DependencyKind.HARD,
  sla: 0.9995,
  statusPage: 'https://status.example.org',
  contract: {
    credits: [
      { below: 0.9995, percent: 10 },
      { below: 0.99, percent: 25.5 },
    ],
    reviewBy: '2027-03-31',
    exitPlan: 'plans/cards.md',
  },
};
