import { join } from 'node:path';
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
