import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import { parseConfig } from '../../lib/records/config';
import { graphOf } from '../support/graph';

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: {} };
const weakening = { what: 'dnsTtl', reason: 'as it was', expires: '2027-06-30', approver: 'head of shop' };
const level = (name: string) => ({
  name,
  kind: 'availability',
  objective: '0.999',
  windowSeconds: 2_592_000,
  good: 'orders',
  total: 'all',
  bad: 'failed',
  leastBad: 10,
  engine: 'metric-math',
  alarms: [],
});

/** The shop in two regions, each of which says the same of it, and one thing of its own. */
function shop() {
  const service = new Service({ name: 'shop', tier: 1, owner: 'team-shop' });
  const stack = (region: string, own: string) => {
    const said = catalogueService(service, {
      weakenings: [weakening],
      serviceLevels: [level('shop-availability'), level(own)] as never,
    });
    const Metadata = { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [said] } };
    return { region, template: { Metadata, Resources: { Queue: QUEUE } } };
  };
  return graphOf({ stacks: { One: stack('eu-west-1', 'one'), Two: stack('eu-central-1', 'two') } });
}

describe('a service to assess', () => {
  it('has what its stacks say of it, each thing once', () => {
    const graph = shop();
    const [service] = assessedServices(graph, resolveServices(graph));
    expect(service?.serviceLevels?.map(({ name }) => name)).toEqual(['shop-availability', 'one', 'two']);
    expect(service?.weakenings).toEqual([weakening]);
    expect(service?.costOfDowntime).toBeUndefined();
  });

  it('has the cost of its downtime from the configuration, also where constructs declare it', () => {
    const graph = shop();
    const config = parseConfig(
      'services: [{ name: shop, tier: 1, stacks: ["*"], costOfDowntime: { perHour: 100, currency: EUR } }]',
      'nines.config.yaml',
    );
    const services = assessedServices(graph, resolveServices(graph, { config }), config);
    expect(services.map(({ name, costOfDowntime }) => [name, costOfDowntime])).toEqual([
      ['shop', { perHour: 100, currency: 'EUR' }],
    ]);
  });
});
