import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../lib/audit/rules';
import { ENTRY_POINTS, exportsOf, renderApi, renderEntryPoint } from './support/public-api';
import { renderRules } from './support/rules-document';

const root = join(__dirname, '..');

/** What a generated file should hold; `UPDATE=1` writes it. */
function expectFresh(file: string, text: string): void {
  const path = join(root, file);
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  const found = existsSync(path) ? readFileSync(path, 'utf8') : '';
  expect(found === text ? 'fresh' : `${file} is stale: run UPDATE=1 npm test`).toBe('fresh');
}

function formatted(source: string): string {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=lib/index.ts'], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });
}

describe('generated files', () => {
  for (const entry of ENTRY_POINTS) {
    it(`${entry.file} shows every public export of its files`, () =>
      expectFresh(entry.file, formatted(renderEntryPoint(entry, root))));
  }

  it('RULES.md lists every rule', () => expectFresh('RULES.md', renderRules(RULES)));

  it('API.md lists every public export', () => expectFresh('API.md', renderApi(root)));

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
    expect(RULES.flatMap(({ subsumes = [] }) => subsumes).filter((id) => !ids.has(id))).toEqual([]);
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
