import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { nines, SINGLE_AZ } from '../support/command';
import { Scratch } from '../support/scratch';

const MANIFEST = {
  version: '36.0.0',
  artifacts: {
    ShopStack: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://123456789012/eu-west-1',
      properties: { templateFile: 'ShopStack.template.json' },
      displayName: 'ShopStack',
    },
  },
};

describe('nines init', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  let count = 0;
  /** A checkout with some files. */
  function checkout(files: Readonly<Record<string, unknown>>): string {
    count += 1;
    const folder = `checkout${count}`;
    scratch.write(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    for (const [name, content] of Object.entries(files)) scratch.write(join(folder, name), content);
    return join(scratch.folder, folder);
  }

  const APP = {
    'cdk.json': { app: 'x' },
    'package.json': { devDependencies: { 'cdk-nines': '1.2.3' } },
    'cdk.out/manifest.json': MANIFEST,
    'cdk.out/ShopStack.template.json': SINGLE_AZ,
  };
  const read = (...parts: readonly string[]) => readFileSync(join(...parts), 'utf8');

  it('adopts a CDK app: the pipeline is green, and says what to fix first', async () => {
    const root = checkout({ ...APP, '.github/CODEOWNERS': '' });
    const { code, out, err } = await nines('init', root);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Services found\n {2}shop {2}tier 1, assumed, by 1 stack\n/);
    expect(out).toMatch(/\d+ findings and \d+ unknown are in the baseline/);
    expect(out).toMatch(/Fix first\n 1\. [A-Z0-9]+-\d+ {2}/);
    expect(out.match(/first because: /g)?.length).toBeLessThanOrEqual(10);
    expect(out).toContain('first because: error at tier 1, holds data');

    expect(parse(read(root, 'nines.config.yaml'))).toEqual({
      schema: 'cdk-nines.config/1',
      services: [{ name: 'shop', tier: 1, stacks: ['ShopStack'] }],
    });
    expect(read(root, '.github', 'workflows', 'nines.yml')).toContain(
      `npx --no-install nines audit --baseline 'nines.baseline.json' --fail-on error -- 'cdk.out'`,
    );
    const audited = await nines(
      'audit',
      join(root, 'cdk.out'),
      '--baseline',
      join(root, 'nines.baseline.json'),
      '--fail-on',
      'info',
    );
    expect(audited.code).toBe(0);
    expect(audited.out).toMatch(/known, 0 new, 0 gone/);
  });

  it('never overwrites, unless it is told to', async () => {
    const root = checkout({ ...APP, 'nines.config.yaml': 'services: []\n' });
    const { code, out, err } = await nines('init', root);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/nines\.config\.yaml: is there already; fix: .*--force/);
    expect(existsSync(join(root, 'nines.baseline.json'))).toBe(false);
    expect((await nines('init', root, '--force')).code).toBe(0);
    expect(read(root, 'nines.config.yaml')).toContain('name: "shop"');
  });

  it('writes the pipeline that the checkout has', async () => {
    const gitlab = checkout({ ...APP, '.gitlab-ci.yml': 'stages: [test]\n' });
    expect((await nines('init', gitlab)).err).toMatch(/add to \.gitlab-ci\.yml: include/);
    expect(existsSync(join(gitlab, '.gitlab', 'nines.gitlab-ci.yml'))).toBe(true);
    const codebuild = checkout({ ...APP, 'buildspec.yml': 'version: 0.2\n' });
    await nines('init', codebuild);
    expect(existsSync(join(codebuild, 'buildspec.nines.yml'))).toBe(true);
    const none = checkout(APP);
    expect((await nines('init', none)).err).toMatch(/no pipeline was found; nines scaffold/);
    const asked = checkout(APP);
    await nines('init', asked, '--ci', 'github');
    expect(existsSync(join(asked, '.github', 'workflows', 'nines.yml'))).toBe(true);
  });

  it('writes the pipeline at the root of the checkout for an app below it', async () => {
    const root = checkout({
      ...Object.fromEntries(Object.entries(APP).map(([name, content]) => [`apps/shop/${name}`, content])),
      '.github/CODEOWNERS': '',
    });
    expect((await nines('init', join(root, 'apps', 'shop'))).code).toBe(0);
    const workflow = parse(read(root, '.github', 'workflows', 'nines.yml'));
    expect(workflow.jobs.audit.defaults.run['working-directory']).toBe('apps/shop');
    expect(existsSync(join(root, 'apps', 'shop', 'nines.baseline.json'))).toBe(true);
  });

  it('adopts an assembly and a folder of templates, too', async () => {
    const root = checkout(APP);
    expect((await nines('init', join(root, 'cdk.out'), '--ci', 'none')).code).toBe(0);
    expect(existsSync(join(root, 'nines.config.yaml'))).toBe(true);
    const folder = checkout({ 'db.template.json': SINGLE_AZ });
    expect((await nines('init', folder, '--ci', 'none')).out).toMatch(/ {2}db {2}tier 1/);
  });

  it('reads the folder that cdk.json names, and says when the app was not synthesised', async () => {
    const { 'cdk.out/manifest.json': manifest, 'cdk.out/ShopStack.template.json': template } = APP;
    const other = checkout({
      'cdk.json': { output: 'build' },
      'build/manifest.json': manifest,
      'build/ShopStack.template.json': template,
    });
    expect((await nines('init', other, '--ci', 'none')).code).toBe(0);
    const { code, err } = await nines('init', checkout({ 'cdk.json': { app: 'x' } }));
    expect(code).toBe(2);
    expect(err).toMatch(/cdk\.out: is not there: the app was not synthesised; fix: run npx cdk synth/);
  });

  it('is refused where nothing is', async () => {
    expect((await nines('init', join(scratch.folder, 'nowhere'))).code).toBe(2);
  });
});
