import { findServices } from '../../lib/audit/found-services';
import { VOCABULARY } from '../../lib/audit/vocabulary';
import { configText } from '../../lib/evidence/config-text';
import { catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import { serviceNameMistakes } from '../../lib/objectives/service-identity';
import { parseConfig } from '../../lib/records/config';
import { graphOf, type TestApp } from '../support/graph';

const bucket = (tags: Readonly<Record<string, string>> = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
});

const stacks = (...names: readonly string[]): TestApp => ({
  stacks: Object.fromEntries(names.map((name) => [name, { template: { Resources: { B: bucket() } } }])),
});

const found = (app: TestApp) => findServices([graphOf(app)]);

describe('the services of an app', () => {
  it('are found by their tag, with owner and tier', () => {
    const tags = { Service: 'shop', Owner: 'team-shop', 'resilience:tier': '2' };
    expect(found({ Resources: { A: bucket(tags), B: bucket({ Service: 'shop' }) } })).toEqual([
      {
        name: 'shop',
        tag: { key: 'Service', value: 'shop' },
        tier: 2,
        tierIsKnown: true,
        owner: 'team-shop',
      },
    ]);
  });

  it('are found by the stacks without their stage, region and the word stack', () => {
    const app = stacks('ShopStack-eu-west-1', 'ShopStack-eu-central-1', 'prod-Archive', 'Billing');
    expect(found(app).map(({ name, stacks: own }) => [name, own])).toEqual([
      ['archive', ['prod-Archive']],
      ['billing', ['Billing']],
      ['shop', ['ShopStack-eu-central-1', 'ShopStack-eu-west-1']],
    ]);
  });

  it('are one where stacks stand in layers', () => {
    const app = stacks('Shop-Network', 'ShopDataStack', 'Data');
    expect(found(app).map(({ name, stacks: own }) => [name, own])).toEqual([
      ['data', ['Data']],
      ['shop', ['Shop-Network', 'ShopDataStack']],
    ]);
  });

  it('have a name even where a stack is called after its stage', () => {
    expect(found(stacks('Prod', 'Stack', 'eu-west-1')).map(({ name }) => name)).toEqual([
      'eu-west-1',
      'prod',
      'stack',
    ]);
  });

  it('leave out what declares its service', () => {
    const service = new Service({ name: 'shop', tier: 0, owner: 'team' });
    const declared = { schema: 'cdk-nines.catalogue/1', services: [catalogueService(service)] };
    expect(found({ Metadata: { 'cdk-nines': declared }, Resources: { B: bucket() } })).toEqual([]);
  });

  it('have no owner where tags name two', () => {
    const [service] = found({
      Resources: { A: bucket({ app: 'a', owner: 'x' }), B: bucket({ app: 'a', owner: 'y' }) },
    });
    expect(service?.owner).toBeUndefined();
  });

  it('have one entry each, though a tag and a stack have one name', () => {
    const app: TestApp = {
      stacks: { Shop: { template: { Resources: { A: bucket({ app: 'shop' }), B: bucket() } } } },
    };
    expect(found(app).map(({ name }) => name)).toEqual(['shop', 'shop-by-stack']);
  });

  it('have names that code would take, and each its own', () => {
    const tags = ['Shop Front', 'shop-front', 'Zahlungsausgänge', '3rd', '注文', 'x'.repeat(80)];
    const services = found({
      Resources: Object.fromEntries(tags.map((app, index) => [`B${index}`, bucket({ app })])),
    });
    expect(services.map(({ name, tag }) => [name, tag?.value])).toEqual([
      ['service', '注文'],
      ['service-3rd', '3rd'],
      ['shop-front', 'Shop Front'],
      ['shop-front-2', 'shop-front'],
      ['x'.repeat(63), 'x'.repeat(80)],
      ['zahlungsausgange', 'Zahlungsausgänge'],
    ]);
    for (const { name } of services) expect(serviceNameMistakes(name)).toEqual([]);
  });

  it('have a team as owner, and no address', () => {
    const owners = { Owner: 'jo@example.org', team: 'team-shop' };
    expect(found({ Resources: { A: bucket({ app: 'a', ...owners }) } })[0]?.owner).toBe('team-shop');
    expect(
      found({ Resources: { A: bucket({ app: 'a', owner: 'jo@example.org' }) } })[0]?.owner,
    ).toBeUndefined();
  });

  it('are written as a configuration that is read back', () => {
    const hostile = 'a: b # "c"\n- {d}\u001b[31m\u202e';
    const services = found({
      Resources: { A: bucket({ app: hostile, owner: '*x' }), B: bucket({ app: 'true' }) },
    });
    const text = configText(services, 'https://example.com/s.json');
    for (const character of ['\u001b', '\u202e']) expect(text).not.toContain(character);
    expect(text).toMatch(/^# yaml-language-server: \$schema=https/);
    expect(parseConfig(text, 'c', VOCABULARY).services).toEqual([
      {
        name: 'a-b-c-d-31m',
        tier: 1,
        owner: '*x',
        stacks: [],
        paths: [],
        tags: { app: hostile },
        source: { file: 'c', line: 7 },
      },
      {
        name: 'true',
        tier: 1,
        stacks: [],
        paths: [],
        tags: { app: 'true' },
        source: { file: 'c', line: 11 },
      },
    ]);
    expect(parseConfig(configText([], 's'), 'c', VOCABULARY).services).toEqual([]);
  });
});
