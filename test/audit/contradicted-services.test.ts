import { contradictedServices } from '../../lib/audit/contradicted-services';
import { CATALOGUE_KEY, CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import { parseConfig } from '../../lib/records/config';
import { graphOf } from '../support/graph';

/** A stack whose code declares the shop. */
function stackOf(tier: Tier, region: string, role: RegionRole) {
  const decisions = [{ what: 'approach', value: 'WARM_STANDBY', because: 'x', source: 'y' }];
  const declared = {
    ...catalogueService(new Service({ name: 'shop', tier, owner: 'team-shop' })),
    role,
    decisions,
  };
  const Metadata = { [CATALOGUE_KEY]: { schema: CATALOGUE_SCHEMA, services: [declared] } };
  return { region, template: { Metadata, Resources: { B: { Type: 'AWS::S3::Bucket' } } } };
}

const ireland = stackOf(1, 'eu-west-1', RegionRole.PRIMARY);
const frankfurt = stackOf(1, 'eu-central-1', RegionRole.STANDBY);

function problems(entry: string, stacks: Readonly<Record<string, object>> = { ireland, frankfurt }) {
  const config = parseConfig(`services:\n  - {name: shop, ${entry}, stacks: ["*"]}\n`, 'nines.config.yaml');
  const graph = graphOf({ stacks } as Parameters<typeof graphOf>[0]);
  return contradictedServices([graph], config).map(({ problem }) => problem);
}

describe('what a configuration says of a service that code declares', () => {
  it.each([
    ['tier: 1'],
    [
      'tier: 1, owner: team-shop, slo: 0.99950, approach: warm-standby, regions: {eu-west-1: primary, eu-central-1: standby}',
    ],
    ['tier: 1, regions: {eu-west-1: primary, eu-west-3: standby}'],
  ])('is in order where both say the same: %s', (entry) => expect(problems(entry)).toEqual([]));

  it('contradicts it in each thing that differs', () => {
    const regions = 'regions: {eu-west-1: standby, eu-central-1: primary}';
    expect(problems(`tier: 3, ${regions}, approach: pilot-light`)).toEqual([
      expect.stringContaining('tier: 3 here, but tier: 1 in the code of stack ireland'),
      expect.stringContaining(
        'approach: pilot-light here, but approach: warm-standby in the code of stack ireland',
      ),
      expect.stringContaining(
        '{ eu-west-1: standby } here, but regions: { eu-west-1: primary } in the code of stack ireland',
      ),
      expect.stringContaining(
        '{ eu-central-1: primary } here, but regions: { eu-central-1: standby } in the code of stack frankfurt',
      ),
    ]);
  });

  it('may be that of one stage of several', () => {
    const test = stackOf(3, 'eu-west-1', RegionRole.PRIMARY);
    expect(problems('tier: 3', { ireland, test })).toEqual([]);
    expect(problems('tier: 2', { ireland, test })).toHaveLength(1);
  });
});
