import { join } from 'node:path';
import { catalogueService } from '../../lib/objectives/catalogue';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service } from '../../lib/objectives/service';
import { nines, SINGLE_AZ } from '../support/command';
import { Scratch } from '../support/scratch';

const SERVICES = `services:
  - name: shop
    tier: 1
    stacks: ["shop*"]
  - name: archive
    tier: 3
    stacks: ["Archiv-*"]
    tags: { app: archive }
`;

const PROBLEM =
  /nines\.config\.yaml:5: no resource belongs to service archive: nothing matches stacks "Archiv-\*" or tags "app=archive"; fix: name one of the stacks there are \(prices, shop\), or take the service out\n$/;

describe('a service of the configuration that nothing belongs to', () => {
  const scratch = new Scratch();
  scratch.write('out/shop.template.json', SINGLE_AZ);
  const file = scratch.write('bare/shop.template.json', SINGLE_AZ);
  scratch.write('bare/nines.config.yaml', SERVICES);
  scratch.write('out/prices.template.json', SINGLE_AZ);
  const folder = join(scratch.folder, 'out');
  scratch.write('nines.config.yaml', SERVICES);
  const elsewhere = scratch.write('other/nines.config.yaml', SERVICES);
  afterAll(() => scratch.remove());

  it.each([['audit'], ['assess'], ['report'], ['simulate', '--lose', 'region:eu-west-1']])(
    'is an error of %s where the configuration stands beside the app',
    async (command, ...more) => {
      const { code, out, err } = await nines(command as string, folder, ...more);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(PROBLEM);
      expect(err).toMatch(/^nines: (?!warning)/);
    },
  );

  it.each([
    ['the configuration is named, and may be that of several apps', [folder, '--config', elsewhere]],
    ['one template of the app is named', [file]],
  ])('is told as a warning where %s', async (_, args) => {
    const { code, err } = await nines('audit', ...args, '--fail-on', 'never');
    expect(code).toBe(0);
    expect(err).toMatch(/^nines: warning: .*:5: no resource belongs to service archive/m);
  });

  it('is told where other services have all that it names', async () => {
    const second = SERVICES.replace('["Archiv-*"]', '[shop]').replace('    tags: { app: archive }\n', '');
    const shared = scratch.write('shared/nines.config.yaml', second);
    const { err } = await nines('assess', folder, '--config', shared);
    expect(err).toMatch(
      /warning: .*:5: nothing is left for service archive: what stacks "shop" names belongs to other services/,
    );
  });

  it('is no matter of one side of a comparison only', async () => {
    const one = scratch.write('one/nines.config.yaml', SERVICES.replace('Archiv-*', 'prices'));
    const prices = join(folder, 'prices.template.json');
    const { err } = await nines('diff', folder, prices, '--config', one);
    expect(err).toBe('');
    expect((await nines('diff', prices, prices, '--config', one)).err).toMatch(/service shop/);
  });
});

describe('a service that the configuration and the code declare', () => {
  const scratch = new Scratch();
  const service = new Service({ name: 'shop', tier: 1, owner: 'team-shop' });
  const declared = { ...catalogueService(service), role: RegionRole.PRIMARY };
  const Metadata = { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [declared] } };
  const file = scratch.write('cdk.out/shop.template.json', { Metadata, ...SINGLE_AZ });
  afterAll(() => scratch.remove());

  const told = async (entry: string, command = 'audit') => {
    const config = scratch.write(
      'nines.config.yaml',
      `services:\n  - {name: shop, ${entry}, stacks: [shop]}\n`,
    );
    const more = command === 'audit' ? ['--fail-on', 'never'] : [];
    const { err } = await nines(command, file, '--config', config, ...more);
    return err;
  };

  it.each(['audit', 'assess'])(
    'is told by %s where both say something else, with both places',
    async (command) => {
      expect(await told('tier: 2', command)).toMatch(
        /^nines: warning: .*nines\.config\.yaml:2: service shop has tier: 2 here, but tier: 1 in the code of stack shop \(.*cdk\.out\/shop\.template\.json\): the code counts; fix: write tier: 1 here as well, or change it in code\n$/,
      );
    },
  );

  it.each([
    ['owner: team-till', /owner: team-till here, but owner: team-shop in the code/],
    ['slo: 0.9', /slo: 0\.9 here, but slo: 0\.9995 in the code/],
  ])('is told where they differ in %s', async (entry, message) => {
    expect(await told(`tier: 1, ${entry}`)).toMatch(message);
  });

  it('is no matter where both say the same, and where one says nothing', async () => {
    expect(
      await told('tier: 1, owner: team-shop, slo: 0.9995, costOfDowntime: {perHour: 1, currency: EUR}'),
    ).toBe('');
    expect(await told('tier: 1, regions: {eu-west-1: primary, eu-central-1: standby}')).toBe('');
  });
});

describe('an override, or what is ignored, that matches nothing', () => {
  const scratch = new Scratch();
  const file = scratch.write('shop.template.json', SINGLE_AZ);
  afterAll(() => scratch.remove());

  const tell = async (text: string) => {
    const config = scratch.write('nines.config.yaml', text);
    return (await nines('audit', file, '--config', config, '--fail-on', 'never')).err;
  };

  it('is told as a warning', async () => {
    const err = await tell(`overrides:
  - paths: ["shpo/*"]
    types: ["AWS::*"]
    rules: { RDS-01: info }
ignore:
  - stacks: [archive]
    reason: it is no longer in use
`);
    expect(err).toMatch(
      /^nines: warning: .*nines\.config\.yaml:4: an override matches no resource: paths "shpo\/\*" and types "AWS::\*"; fix: name what the app has, or take it out$/m,
    );
    expect(err).toMatch(
      /^nines: warning: .*nines\.config\.yaml:6: what is ignored matches no resource: stacks "archive"; fix: /m,
    );
  });

  it('is not told of what matches', async () => {
    const err = await tell(`overrides:
  - paths: ["shop/*"]
    rules: { RDS-01: info }
ignore:
  - stacks: [shop]
    reason: it is no longer in use
`);
    expect(err).not.toContain('matches no resource');
  });
});
