import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/fresh';
import { allPatterns } from './support/pattern';
import { exportsOf } from './support/public-api';

const FILES = ['lib/constructs', 'lib/objectives'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

interface Documented {
  readonly where: string;
  readonly doc: string;
  readonly optional: boolean;
}

/** The docstring of each property of the public interfaces of a file. */
function propertiesIn(file: string): readonly Documented[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const shown = new Set(exportsOf(source).map(({ name }) => name));
  return [...source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)]
    .filter(([, name = '']) => shown.has(name) && /Props$|Options$/.test(name))
    .flatMap(([, name = '', body = '']) =>
      [...body.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ {2}readonly (\w+)(\??):/gm)].map(
        ([, doc = '', property = '', mark = '']) => ({
          where: `${file} ${name}.${property}`,
          doc: doc.replace(/^\s*\* ?/gm, '').trim(),
          optional: mark === '?',
        }),
      ),
    );
}

const properties = FILES.flatMap(propertiesIn);

/** The docstring of each public construct, by its name. */
const classes = new Map(
  FILES.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*^export class (\w+)/gm,
      ),
    ].map(([, doc = '', name = '']) => [name, doc] as const),
  ),
);

it('there are many properties to look at', () => expect(properties.length).toBeGreaterThan(300));

it('every property says what it means', () =>
  expect(
    properties
      .filter(({ doc }) => doc.replace(/@default[\s\S]*/, '').trim().length < 8 && !/@default/.test(doc))
      .map(({ where }) => where),
  ).toEqual([]));

it('every optional property says what it is by default, and no other does', () => {
  const wrong = properties.filter(({ doc, optional }) => optional !== /@default \S/.test(doc));
  expect(wrong.map(({ where }) => where)).toEqual([]);
});

it('every construct says where its promises come from, and what it throws', () => {
  const poor = allPatterns()
    .map(({ construct }) => construct)
    .filter(
      (name) => !/@see https:/.test(classes.get(name) ?? '') || !/@throws /.test(classes.get(name) ?? ''),
    );
  expect(poor).toEqual([]);
});
