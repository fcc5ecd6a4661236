import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { catalogueThirdParty } from '../../lib/objectives/catalogue-third-party';
import { DependencyKind } from '../../lib/objectives/dependency';
import { Service } from '../../lib/objectives/service';
import type { ThirdParty } from '../../lib/objectives/third-party';
import { Tier } from '../../lib/objectives/tier';
import { parseConfig } from '../../lib/records/config';
import { assessed } from '../support/assess';
import { graphOf } from '../support/graph';
import * as third from '../support/third-party';

const shop = new Service({ name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop' });
const cards: ThirdParty = { ...third.cards, sla: 0.998, contract: { reviewBy: '2027-03-31' } };

/** The shop, whose stacks watch some third parties. */
const shopWatching = (...parties: readonly ThirdParty[]) => ({
  Metadata: {
    'cdk-nines': {
      schema: CATALOGUE_SCHEMA,
      services: [catalogueService(shop, { thirdParties: parties.map(catalogueThirdParty) })],
    },
  },
  Resources: {
    Fn: { Type: 'AWS::Lambda::Function' },
    Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'Fn' } } },
  },
});

const partiesOf = (yaml: string) => {
  const graph = graphOf(shopWatching(cards));
  const config = parseConfig(yaml, 'nines.config.yaml');
  const [service] = assessedServices(graph, resolveServices(graph, { config }), config);
  return service?.thirdParties;
};

describe('a third party that a stack watches', () => {
  it('is counted by its contract', () => {
    const { events } = assessed(shopWatching(cards)).availability.model;
    expect(events.get('third-party:cards')?.likelihood.unavailability).toBeCloseTo(0.002, 12);
    expect(assessed(shopWatching()).availability.model.events.has('third-party:cards')).toBe(false);
  });

  it('makes the service less available, where that is down without it', () => {
    const without = assessed(shopWatching()).availability.unavailability;
    expect(assessed(shopWatching(cards)).availability.unavailability).toBeGreaterThan(without + 0.0019);
    const soft = { ...cards, kind: DependencyKind.SOFT };
    expect(assessed(shopWatching(soft)).availability.unavailability).toBe(without);
  });

  it('is what the configuration says of it, where that names it as well', () => {
    const service = (more: string) =>
      `services:\n  - { name: shop, tier: 1, stacks: ["*"], thirdParties: [${more}] }\n`;
    expect(partiesOf(service(''))).toEqual([cards]);
    expect(partiesOf(service('{ name: mail }'))?.map(({ name }) => name)).toEqual(['cards', 'mail']);
    expect(partiesOf(service('{ name: cards, sla: 0.9 }'))).toEqual([{ ...cards, sla: 0.9 }]);
    const contracts = partiesOf(
      service('{ name: cards, contract: { exitPlan: a.md } }, { name: mail, contract: { exitPlan: b.md } }'),
    )?.map(({ contract }) => contract);
    expect(contracts).toEqual([{ reviewBy: '2027-03-31', exitPlan: 'a.md' }, { exitPlan: 'b.md' }]);
  });
});
