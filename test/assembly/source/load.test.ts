import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from '../../../lib/assembly/source/load';
import type { Loaded } from '../../../lib/assembly/source/source';
import { fileOf, folderOf, QUEUE, refusalFrom } from './workspace';

const ids = ({ apps }: Loaded): string[][] => apps.map(({ stacks }) => stacks.map(({ id }) => id));

function reasons({ skipped }: Loaded, folder: string): Record<string, string> {
  return Object.fromEntries(skipped.map(({ file, reason }) => [relative(folder, file), reason]));
}

describe('a folder', () => {
  test('is searched to the bottom, in the order of names, each template an app of its own', () => {
    const folder = folderOf({
      'b.template': QUEUE,
      'a/z.yaml': 'Resources: {Q: {Type: AWS::SQS::Queue}}',
      'B.json': QUEUE,
      'a/y/x.yml': 'Resources: {Q: {Type: AWS::SQS::Queue}}',
    });
    expect(ids(load([folder]))).toEqual([['B'], ['x'], ['z'], ['b']]);
  });

  test('holds other things, which are passed over with a word', () => {
    const folder = folderOf({
      'stack.json': QUEUE,
      'package.json': { name: 'x' },
      'buildspec.yml': 'version: 0.2\nphases: {}\n',
      'list.json': [1],
      'other.yaml': 'Resources:\n  - not\n  - ours\n',
      'docs.yaml': 'a: 1\n---\nb: "Resources"\n',
      'part.yaml': '{% if x %}\nResources\n{% endif %}\n',
      'module.yaml': 'Resources:\n  A:\n    Type: !Rain::Module a.yaml\n  B:\n    Type: AWS::SQS::Queue\n',
      'skeleton.yaml': "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n",
      'empty.yaml': '',
      'image.json': Buffer.from([1, 0, 2]),
      'README.md': 'AWSTemplateFormatVersion: no',
      'node_modules/a/t.json': QUEUE,
      '.git/t.json': QUEUE,
    });
    symlinkSync('nowhere', join(folder, 'gone.json'));
    const loaded = load([folder]);
    expect(ids(loaded)).toEqual([['stack']]);
    expect(reasons(loaded, folder)).toEqual({
      '.git': 'hidden',
      'buildspec.yml': 'no template',
      'docs.yaml': 'unreadable',
      'empty.yaml': 'empty',
      'gone.json': 'broken link',
      'image.json': 'no template',
      'list.json': 'no template',
      'module.yaml': 'fragment',
      node_modules: 'packages',
      'other.yaml': 'no template',
      'package.json': 'no template',
      'part.yaml': 'unreadable',
      'skeleton.yaml': 'no resources',
    });
  });

  test.each([
    ['ends too early', JSON.stringify(QUEUE).slice(0, -4)],
    ['ends before its first type', '{"Resources": {"A": {"Ty'],
    ['is not UTF-8', Buffer.from('Resources:\n  A:\n    Type: AWS::SQS::Queue # \xe9\n', 'latin1')],
    ['is circular', { Resources: { A: { Type: 'AWS::SQS::Queue', DependsOn: 'A' } } }],
    ['lost its resources', "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {}\n"],
    ['has an untyped resource', { AWSTemplateFormatVersion: '2010-09-09', Resources: { A: {} } }],
    [
      'waits for another tool',
      'Resources:\n  A:\n    Type: AWS::SQS::Queue\n{% if x %}\n  B: 1\n{% endif %}\n',
    ],
  ])('fails when a file in it is plainly a template that %s', (_, content) => {
    const folder = folderOf({ 'good.json': QUEUE, 'poor.yaml': content });
    expect(refusalFrom(() => load([folder])).path).toMatch(/^poor\.yaml/);
  });

  test('fails when it holds nothing to read', () => {
    const folder = folderOf({ 'package.json': {} });
    expect(refusalFrom(() => load([folder])).problem).toBe(
      'holds no template and no cloud assembly, only 1 other file(s)',
    );
  });

  test('may have a manifest that is of a web application', () => {
    const folder = folderOf({
      'manifest.json': { name: 'shop', icons: [], version: '1.0' },
      'a.json': QUEUE,
    });
    expect(ids(load([folder]))).toEqual([['a']]);
  });

  test('may hold manifests of other things, whatever is in them', () => {
    const folder = folderOf({
      't.json': QUEUE,
      'a/manifest.json': '',
      'b/manifest.json': '{}',
      'c/manifest.json': Buffer.from([0xff, 0xfe, 0x7b, 0]),
      'd/manifest.json': '{ // web',
    });
    expect(ids(load([folder]))).toEqual([['t']]);
  });

  test('may link to itself', () => {
    const folder = folderOf({ 'a/t.json': QUEUE });
    symlinkSync('..', join(folder, 'a', 'up'));
    symlinkSync('t.json', join(folder, 'a', 'u.json'));
    symlinkSync('loop.json', join(folder, 'loop.json'));
    expect(ids(load([folder, folder, join(folder, 'a', 't.json')]))).toEqual([['t']]);
  });

  test('may hold pipes, which are not opened', () => {
    const folder = folderOf({ 't.json': QUEUE });
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    expect(reasons(load([folder]), folder)).toEqual({ 'pipe.json': 'not a file' });
  });

  test('may hold a giant file that is no template', () => {
    const folder = folderOf({ 't.json': QUEUE, 'data.json': '{"a": 1' });
    truncateSync(join(folder, 'data.json'), 51 * 1024 * 1024);
    expect(reasons(load([folder]), folder)).toEqual({ 'data.json': 'over 50 MB' });
  });

  test('fails when it holds a giant template', () => {
    const folder = folderOf({ 'big.json': '{"Resources": {' });
    truncateSync(join(folder, 'big.json'), 51 * 1024 * 1024);
    expect(refusalFrom(() => load([folder])).problem).toBe('is 51.0 MB, and at most 50 MB are read');
  });
});

describe('a path', () => {
  test('leads to files named as the user would', () => {
    const folder = folderOf({ 'a/t.json': QUEUE });
    const [app] = load([`${relative('.', folder)}/./a`]).apps;
    expect(app!.stacks[0]!.file).toBe(join(relative('.', folder), 'a/t.json'));
  });

  test.each([
    ['is not there', '/nowhere/at/all', '/nowhere/at/all', 'does not exist'],
    ['is empty', '', '""', 'does not exist'],
    ['is a device', '/dev/null', '/dev/null', 'is not a regular file'],
    ['is no path', 'a\0b', 'a\\u0000b', 'cannot be read (ERR_INVALID_ARG_VALUE)'],
  ])('fails when it %s', (_, path, place, problem) => {
    expect(refusalFrom(() => load([path]))).toMatchObject({ path: place, problem });
  });

  test('fails when it is a file over 50 MB', () => {
    const file = fileOf('t.json', QUEUE);
    truncateSync(file, 50 * 1024 * 1024 + 1);
    expect(refusalFrom(() => load([file])).problem).toBe('is 50.0 MB, and at most 50 MB are read');
  });

  test('may be a template that is over the limits of CloudFormation', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 600 }, (_, i) => [`R${i}`, { Type: 'A::B', Properties: { a: 'x'.repeat(2000) } }]),
    );
    expect(load([fileOf('t.json', { Resources })]).apps).toHaveLength(1);
  });
});

describe('together', () => {
  test('all bare templates are one app, those of one name told apart by their file', () => {
    const folder = folderOf({ 'b/net.json': QUEUE, 'a/net.json': QUEUE, 'app.json': QUEUE });
    const { apps } = load([folder], { together: true });
    expect(apps).toHaveLength(1);
    expect(apps[0]).toMatchObject({ name: 'together', path: folder });
    expect(apps[0]!.stacks.map(({ id }) => relative(folder, id)).slice(0, 2)).toEqual([
      'a/net.json',
      'b/net.json',
    ]);
    expect(apps[0]!.stacks[2]).toMatchObject({ id: 'app', name: 'app' });
  });

  test('a template that is nested in another stands only there', () => {
    const parent = {
      Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './c.json' } } },
    };
    const folder = folderOf({ 'p.json': parent, 'c.json': QUEUE });
    expect(ids(load([folder], { together: true }))).toEqual([['p']]);
    expect(ids(load([folder]))).toEqual([['c'], ['p']]);
  });
});

describe('nested templates', () => {
  const nest = (url: unknown, more: object = {}): object => ({
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url }, ...more } },
  });

  test('are read where the URL is a file beside the template', () => {
    const folder = folderOf({ 'p.json': nest('sub/c.yaml'), 'sub/c.yaml': `Resources: {Q: {Type: 'A::B'}}` });
    const [parent] = load([join(folder, 'p.json')]).apps[0]!.stacks;
    const child = parent!.nested.get('Child')!;
    expect(child).toMatchObject({
      id: 'p/Child',
      name: 'Child',
      nameKnown: false,
      file: join(folder, 'sub/c.yaml'),
    });
    expect(Object.keys(child.template.Resources)).toEqual(['Q']);
  });

  test.each(['https://example.com/c.json', 's3://b/c.json', '/c.json', 'gone.json', '', { Ref: 'Url' }])(
    'are somewhere else when the URL is %j',
    (url) => {
      const [parent] = load([fileOf('p.json', nest(url))]).apps[0]!.stacks;
      expect(parent!.nested.size).toBe(0);
    },
  );

  test('fail when the CDK recorded a file that is missing', () => {
    const template = nest({ Ref: 'Url' }, { Metadata: { 'aws:asset:path': 'gone.json' } });
    expect(refusalFrom(() => load([fileOf('p.json', template)]))).toMatchObject({
      path: 'p.json:1:15',
      problem: 'template gone.json of nested stack Child does not exist',
    });
  });

  test('are listed as missing when a folder of templates lacks them', () => {
    const folder = folderOf({
      'p.json': nest({ Ref: 'Url' }, { Metadata: { 'aws:asset:path': 'gone.json' } }),
    });
    expect(reasons(load([folder]), folder)).toEqual({ 'gone.json': 'missing' });
  });

  test('fail when they are broken', () => {
    const folder = folderOf({ 'p.json': nest('c.json'), 'c.json': '{' });
    expect(refusalFrom(() => load([join(folder, 'p.json')])).path).toBe('c.json:1:2');
  });

  test('fail when they nest themselves', () => {
    const folder = folderOf({ 'p.json': nest('c.json'), 'c.json': nest('./p.json') });
    expect(refusalFrom(() => load([folder])).problem).toMatch(
      /^nested stack Child includes itself by way of /,
    );
  });

  test('fail when they multiply without end', () => {
    const twice = (url: string): object => ({
      Resources: Object.fromEntries(
        ['A', 'B'].map((id) => [
          id,
          { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } },
        ]),
      ),
    });
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`t${i}.json`, twice(`t${i + 1}.json`)]),
    );
    const folder = folderOf({ ...files, 't30.json': QUEUE });
    expect(refusalFrom(() => load([join(folder, 't0.json')])).problem).toBe(
      'nested stack A is one of over 10000',
    );
  });

  test('fail when they nest very deep', () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`t${i}.json`, nest(`t${i + 1}.json`)]),
    );
    const folder = folderOf({ ...files, 't200.json': QUEUE });
    expect(refusalFrom(() => load([join(folder, 't0.json')]))).toMatchObject({
      path: 't100.json:1:15',
      problem: 'nested stack Child is over 100 levels deep',
    });
  });
});
