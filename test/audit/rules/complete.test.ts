import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = join(__dirname, '..', '..', '..', 'lib', 'audit', 'rules');

/** Rules whose cases are written by hand, because what they judge is no property of a resource. */
const BY_HAND: Readonly<Record<string, string>> = {
  changesAreGuarded: 'it judges settings of stacks and attributes of resources, which are no properties',
  dataOutlivesStack: 'it judges attributes of resources, which are no properties',
  everyResourceIsSeen: 'it never fails: what nobody can see is unknown',
  exceptionsAreInForce: 'it judges dates in the catalogue; its tests flip them',
  stackIsProtected: 'it judges a setting of stacks, which is no property',
  stackTellsOfChanges: 'it judges a setting of stacks, which is no property',
};

/** Every exported rule of a file, with the file. */
const rules = readdirSync(RULES)
  .filter((file) => file !== 'index.ts')
  .flatMap((file) =>
    [...readFileSync(join(RULES, file), 'utf8').matchAll(/^export const (\w+): Rule\b/gm)].map(
      ([, name = '']) => ({ file, name }),
    ),
  );

describe('the cases of rules', () => {
  it('stand beside every rule, with mutants made from those that pass', () => {
    const without = rules.filter(({ file, name }) => {
      const cases = readFileSync(join(__dirname, file.replace(/\.ts$/, '.test.ts')), 'utf8');
      return !new RegExp(`checks\\(\\s*${name},`).test(cases) && !(name in BY_HAND && cases.includes(name));
    });
    expect(rules.length).toBeGreaterThan(90);
    expect(without).toEqual([]);
  });

  it('are written by hand only where a rule exists that needs it', () => {
    expect(Object.keys(BY_HAND).filter((name) => !rules.some((rule) => rule.name === name))).toEqual([]);
  });
});
