import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

describe('a file that is no text', () => {
  const scratch = new Scratch();
  const template = scratch.write('shop.template.json', { Resources: {} });
  const binary = scratch.write('bin.json', Buffer.from([0x7b, 0x00, 0x01, 0x02]));
  afterAll(() => scratch.remove());

  it.each([
    ['a template', ['audit', binary], 'name a template in JSON or YAML, in UTF-8'],
    ['a fault tree', ['quantify', binary], 'name a fault tree in JSON or in Open-PSA MEF XML, in UTF-8'],
    [
      'a record of incidents',
      ['alarms', template, '--incidents', binary],
      'name a record of incidents in YAML or JSON, in UTF-8',
    ],
    [
      'a record of incidents in a report',
      ['report', template, '--incidents', binary, '--out', '-'],
      'name a record of incidents in YAML or JSON, in UTF-8',
    ],
    ['a baseline', ['audit', template, '--baseline', binary], 'name a file that nines baseline wrote'],
    ['a configuration', ['audit', template, '--config', binary], 'write it in YAML, in UTF-8'],
  ])('is told what it should be: %s', async (_, args, fix) => {
    expect(await nines(...args)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`bin.json: is binary; fix: ${fix}\n`),
    });
  });

  it('may be a folder, where a file is asked for', async () => {
    const { code, err } = await nines('replay', template, '--metrics', scratch.folder);
    expect(code).toBe(2);
    expect(err).toContain(': is a folder; fix: name a file in it\n');
  });
});
