import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../../lib/audit/rules';
import { BY_HAND } from '../../support/by-hand';

const FOLDER = join(__dirname, '..', '..', '..', 'lib', 'audit', 'rules');

/** Every rule of a file, with its name there and the file. */
const rules = readdirSync(FOLDER)
  .filter((file) => file !== 'index.ts')
  .flatMap((file) => {
    const exported = Object.entries(require(join(FOLDER, file)) as Readonly<Record<string, { id: string }>>);
    return exported.map(([name, { id }]) => ({ id, name, file }));
  });

describe('the cases of rules', () => {
  it('stand beside every rule, with mutants made from those that pass', () => {
    const without = rules.filter(({ id, name, file }) => {
      const cases = readFileSync(join(__dirname, file.replace(/\.ts$/, '.test.ts')), 'utf8');
      return !new RegExp(`checks\\(\\s*${name},`).test(cases) && !(id in BY_HAND && cases.includes(name));
    });
    expect(rules).toHaveLength(RULES.length);
    expect(without).toEqual([]);
  });

  it('are written by hand only where a rule exists that needs it', () => {
    const ids = rules.map(({ id }) => id);
    expect(Object.keys(BY_HAND).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
