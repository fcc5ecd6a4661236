import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { RULES } from '../lib/audit/rules';
import { expectFresh, ROOT } from './support/fresh';
import { ENTRY_POINTS, exportsOf, renderApi, renderEntryPoint } from './support/public-api';
import { renderRules } from './support/rules-document';

function formatted(source: string): string {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=lib/index.ts'], {
    cwd: ROOT,
    input: source,
    encoding: 'utf8',
  });
}

describe('generated files', () => {
  for (const entry of ENTRY_POINTS) {
    it(`${entry.file} shows every public export of its files`, () =>
      expectFresh(entry.file, formatted(renderEntryPoint(entry, ROOT))));
  }

  it('RULES.md lists every rule', () => expectFresh('RULES.md', renderRules(RULES)));

  it('API.md lists every public export', () => expectFresh('API.md', renderApi(ROOT)));

  it('leave out what is marked internal, and take the first sentence of a docstring', () => {
    const source =
      '/** A b. More. */\nexport class A {}\n/**\n * C.\n *\n * @internal\n */\nexport const c = 1;\nexport type D = string;';
    expect(exportsOf(source)).toEqual([
      { name: 'A', kind: 'class', summary: 'A b.' },
      { name: 'D', kind: 'type', summary: '' },
    ]);
  });
});

describe('every rule', () => {
  it('has an id of its own', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('names only rules that exist as its twins', () => {
    const ids = new Set(RULES.map(({ id }) => id));
    const twins = RULES.flatMap(({ subsumes = [], subsumesProperty = [] }) => [
      ...subsumes,
      ...subsumesProperty.map(({ rule }) => rule),
    ]);
    expect(twins.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('has a title that is a sentence, a reason, a fix in the imperative and a control', () => {
    const poor = RULES.filter(
      ({ title, why, fix, controls }) =>
        !/^[A-Z].*\.$/.test(title) || !/\.$/.test(why) || !/^[a-z]/.test(fix) || !controls?.length,
    );
    expect(poor.map(({ id }) => id)).toEqual([]);
  });

  it('looks at CloudFormation types', () => {
    expect(
      RULES.filter(
        ({ appliesTo }) => appliesTo.length === 0 || appliesTo.some((type) => !type.includes('::')),
      ),
    ).toEqual([]);
  });
});
