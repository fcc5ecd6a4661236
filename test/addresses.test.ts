import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { files } from '../package.json';

const ROOT = join(__dirname, '..');

function textsIn(...names: readonly string[]): readonly string[] {
  return names.flatMap((name): readonly string[] => {
    const path = join(ROOT, name);
    if (!statSync(path).isDirectory()) return [name];
    return textsIn(...readdirSync(path).map((entry) => join(name, entry)));
  });
}

describe('addresses', () => {
  it('of schemas are names that need no site, and those of their files', () => {
    for (const file of readdirSync(join(ROOT, 'schemas'))) {
      const { $id } = JSON.parse(readFileSync(join(ROOT, 'schemas', file), 'utf8'));
      expect($id).toBe(`urn:cdk-nines:schema:${basename(file, '.schema.json')}`);
    }
  });

  it('are none of a site or a repository that nobody has', () => {
    const texts = textsIn('lib', 'docs', 'schemas', 'README.md', 'action.yml');
    const placeholders = texts.filter((name) =>
      /cdk-nines\.dev|\bOWNER\/|@COMMIT\b/.test(readFileSync(join(ROOT, name), 'utf8')),
    );
    expect(placeholders).toEqual([]);
  });

  it('of the action and the schemas are in the package', () => {
    expect(files).toEqual(expect.arrayContaining(['action.yml', 'schemas']));
  });
});
