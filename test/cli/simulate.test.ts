import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-simulate-'));
const file = join(folder, 'shop.template.json');

beforeAll(() => {
  const template = {
    Resources: {
      Database: { Type: 'AWS::RDS::DBInstance', Properties: { AvailabilityZone: 'eu-west-1a' } },
      Standby: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: true } },
    },
  };
  writeFileSync(file, JSON.stringify(template));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nines simulate', () => {
  it('says what stops, and exits with 1', async () => {
    const { code, out } = await nines('simulate', file, '--lose', 'az:eu-west-1a');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^lost: zone eu-west-1a\nshop\S* STOPS: 1 of 2 parts fail\n {2}fails {5}.*Database\n/,
    );
    expect(out).toContain(
      '  back in 4 h at the worst, loses up to 5 min of data: more than owed (owed after the loss of a zone: RTO 5 min, RPO 0 s)\n',
    );
    expect(out).toContain('  30 min  somebody notices (assumed');
    expect(out).toContain('  5 min  of data: lag of point-in-time recovery (shop/Database; https');
  });

  it('gives the same to machines', async () => {
    const { out } = await nines(
      'simulate',
      file,
      '--lose',
      'Standby',
      '--lose',
      'Database',
      '--format',
      'json',
    );
    expect(JSON.parse(out)).toMatchObject({
      schema: 'nines.simulation/1',
      lost: [
        { kind: 'resource', name: 'Standby' },
        { kind: 'resource', name: 'Database' },
      ],
      services: [{ stops: true, left: 0, disruption: 'instance' }],
    });
  });

  it('loses several things by commas, and what is no place', async () => {
    const { out } = await nines(
      'simulate',
      file,
      '--lose',
      'Database, control-plane:eu-west-1',
      '--format',
      'json',
    );
    expect(JSON.parse(out)).toMatchObject({
      lost: [
        { kind: 'resource', name: 'Database' },
        { kind: 'controlPlane', name: 'eu-west-1' },
      ],
      services: [
        {
          rtoSeconds: null,
          standsStill: expect.arrayContaining([
            {
              what: 'replaces the instance',
              resource: 'shop/Database',
              controlPlane: 'eu-west-1',
              after: ['instance'],
            },
          ]),
        },
      ],
    });
  });

  it('refuses what it does not know', async () => {
    expect(await nines('simulate', file, '--lose', 'third-party:mars')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no service of the app depends on such a third party'),
    });
  });

  it('wants to know what is lost', async () => {
    expect(await nines('simulate', file)).toMatchObject({ code: 2, err: expect.stringContaining('--lose') });
  });
});
