import { join } from 'node:path';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { folderOf } from '../assembly/source/workspace';
import { nines } from '../support/command';

/** An assembly of the installed CDK: two stages with a database each, of one service. */
function synthesised(prod: { readonly multiAz: boolean }): string {
  const outdir = join(folderOf({}), 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false });
  for (const [name, multiAz, nonProduction] of [
    ['Dev', false, true],
    ['Prod', prod.multiAz, false],
  ] as const) {
    const stage = new Stage(app, name, { env: { account: '111111111111', region: 'eu-west-1' } });
    const stack = new Stack(stage, 'Shop');
    const service = new Service({ name: 'shop', tier: Tier.IMPORTANT, owner: 'team' });
    stack.addMetadata('cdk-nines', {
      schema: 'cdk-nines.catalogue/1',
      services: [catalogueService(service, { nonProduction })],
    });
    new CfnDBInstance(stack, 'Db', {
      engine: 'postgres',
      dbInstanceClass: 'db.m6g.large',
      multiAz,
      ...(!multiAz && { availabilityZone: 'eu-west-1a' }),
    });
  }
  app.synth();
  return outdir;
}

describe('an app of two stages', () => {
  const base = synthesised({ multiAz: true });
  const head = synthesised({ multiAz: false });
  const jsonOf = async (...args: readonly string[]) =>
    JSON.parse((await nines(...args, '--format', 'json')).out);

  it('is assessed by stage, and what stands in one is called by its path', async () => {
    const { services } = await jsonOf('assess', base);
    expect(services).toMatchObject([
      { name: 'shop', stage: 'Dev', entryPoints: ['Dev/Shop/Db'] },
      { name: 'shop', stage: 'Prod', entryPoints: ['Prod/Shop/Db'] },
    ]);
    const { out } = await nines('assess', base);
    expect(out.split('\n').filter((line) => line.startsWith('shop'))).toEqual([
      'shop (Dev) (tier 2)',
      'shop (Prod) (tier 2)',
    ]);
  });

  it.each([
    ['shop', ['Dev', 'Prod']],
    ['shop (Prod)', ['Prod']],
  ])('is assessed for %s alone', async (service, stages) => {
    const { services } = await jsonOf('assess', base, '--service', service);
    expect(services.map(({ stage }: { stage: string }) => stage)).toEqual(stages);
  });

  it('names its stages where there is no such service', async () => {
    const { code, err } = await nines('assess', base, '--service', 'shop (Test)');
    expect({ code, named: err.includes('shop (Dev), shop (Prod)') }).toEqual({ code: 2, named: true });
  });

  it('loses in one stage what the other does not need', async () => {
    const { services } = await jsonOf('simulate', base, '--lose', 'Dev/Shop/Db');
    expect(services).toMatchObject([
      { name: 'shop', stage: 'Dev', stops: true },
      { name: 'shop', stage: 'Prod', stops: false },
    ]);
    const { out } = await nines('simulate', base, '--lose', 'Dev/Shop/Db');
    expect(out).toContain('shop (Prod) does not depend on it');
  });

  it('differs in the stage that moves', async () => {
    const { services } = await jsonOf('diff', base, head);
    expect(services).toMatchObject([
      { name: 'shop', stage: 'Dev', state: 'kept' },
      { name: 'shop', stage: 'Prod', state: 'kept' },
    ]);
    const { out, code } = await nines('diff', base, head);
    expect(out).toContain('shop (Dev) stays as it is');
    expect(out).toContain('shop (Prod) no longer meets what it owes');
    expect(code).toBe(1);
  });

  it('is reported by stage, each with its own findings', async () => {
    const { out } = await nines('report', base, '--out', '-');
    expect(out).toContain('>shop (Dev)</h2>');
    expect(out).toContain('>shop (Prod)</h2>');
    const { out: prod } = await nines('report', base, '--service', 'shop (Prod)', '--out', '-');
    expect(prod).not.toContain('>shop (Dev)</h2>');
  });

  it('is explained by stage', async () => {
    const { out } = await nines('explain', 'shop (Prod)', base);
    expect(out).toContain('shop (Prod)  tier 2');
    expect(out.match(/in eu-west-1:/g)).toHaveLength(1);
    expect(out).not.toContain('Dev/');
  });
});
