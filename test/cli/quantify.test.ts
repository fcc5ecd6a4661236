import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../schemas/quantification-1.schema.json';
import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const TREE = JSON.stringify({
  top: 'shop',
  gates: { shop: { type: 'or', inputs: ['both', 'dns'] }, both: { type: 'and', inputs: ['a', 'b'] } },
  events: { a: { probability: 0.01 }, b: { probability: 0.02 }, dns: { probability: 1e-4 } },
});

describe('nines quantify', () => {
  const scratch = new Scratch();
  const { folder } = scratch;
  const file = scratch.write('tree.json', TREE);
  afterAll(() => scratch.remove());

  it('tells a person how likely, by what, and by which events', async () => {
    const { code, out } = await nines('quantify', file);
    expect(code).toBe(0);
    expect(out).toContain('shop  has the probability 0.00029998 (exact)');
    expect(out).toContain('Minimal cut sets  2: 1 of order 1, 1 of order 2\n  dns\n  a and b\n');
  });

  it('writes JSON as its schema says', async () => {
    const { out } = await nines('quantify', file, '--format', 'json');
    const result = JSON.parse(out);
    expect(validate(result)).toBe(true);
    expect(result).toMatchObject({
      top: 'shop',
      exact: true,
      minimalCutSets: { count: 2, byOrder: [0, 1, 1], complete: true, listed: [['dns'], ['a', 'b']] },
    });
    expect(result.importance.dns.birnbaum).toBeCloseTo(1 - 2e-4, 12);
  });

  it('writes null for what is infinite', async () => {
    const single = join(folder, 'single.json');
    writeFileSync(single, '{"top":"a","gates":{},"events":{"a":{"probability":0.5}}}');
    const result = JSON.parse((await nines('quantify', single, '--format', 'json')).out);
    expect(validate(result)).toBe(true);
    expect(result.importance.a.rrw).toBeNull();
  });

  it('converts to Open-PSA, and reads it', async () => {
    const model = join(folder, 'model.xml');
    expect((await nines('quantify', file, '--format', 'open-psa', '--out', model)).out).toBe('');
    const ofModel = (await nines('quantify', model, '--format', 'json')).out;
    expect(ofModel).toBe((await nines('quantify', file, '--format', 'json')).out);
  });

  it('looks for cut sets up to an order', async () => {
    const { out } = await nines('quantify', file, '--max-order', '1');
    expect(out).toContain(
      'Minimal cut sets  1 up to order 1: 1 of order 1; there may be more of higher orders',
    );
  });

  it.each([
    [['missing.json'], 'does not exist'],
    [[file, '--max-order', '0'], 'It must be a whole number from 1'],
    [[file, '--format', 'yaml'], "argument 'yaml' is invalid"],
  ])('exits 2 for %j', async (args, message) => {
    const { code, err } = await nines('quantify', ...args.map((each) => each));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('exits 2 with file and line of a mistake in the file', async () => {
    const wrong = join(folder, 'wrong.xml');
    writeFileSync(wrong, '<opsa-mef>\n<define-gate name="g"><gate name="x"/></define-gate></opsa-mef>');
    const { code, err } = await nines('quantify', wrong);
    expect(code).toBe(2);
    expect(err).toBe(`nines: ${wrong}:2: "x" is not defined; fix: define it, or correct the name\n`);
  });
});
