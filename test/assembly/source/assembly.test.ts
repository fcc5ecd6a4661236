import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../../lib/assembly/source/load';
import type { SourceStack } from '../../../lib/assembly/source/source';
import { folderOf, QUEUE, refusalFrom } from './workspace';

type Files = Record<string, string | object>;

function stackArtifact(name: string, more: object = {}, properties: object = {}): object {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/eu-west-1',
    properties: { templateFile: `${name}.template.json`, ...properties },
    displayName: name,
    ...more,
  };
}

const manifest = (artifacts: object, version = '55.0.0'): object => ({ version, artifacts });

/** An assembly of one stack, Shop, with these additions. */
function shop(more: object = {}, properties: object = {}, files: Files = {}): string {
  return folderOf({
    'manifest.json': manifest({ Shop: stackArtifact('Shop', more, properties) }),
    'Shop.template.json': QUEUE,
    ...files,
  });
}

const stacksOf = (folder: string): readonly SourceStack[] => load([folder]).apps[0]!.stacks;

function refused(folder: string): [string, string] {
  const { path, problem } = refusalFrom(() => load([folder]));
  return [path, problem.replace(/\/.*\/reader-[^/]*\//, '')];
}

describe('a cloud assembly', () => {
  test('tells what the manifest knows of a stack', () => {
    const more = { displayName: 'Prod/Shop', dependencies: ['Shop.assets', 'Net'] };
    const properties = {
      stackName: 'the-shop',
      terminationProtection: true,
      parameters: { Size: 'large' },
      tags: { team: 'a' },
      notificationArns: ['arn:aws:sns:eu-west-1:111111111111:told', 7],
    };
    const folder = folderOf({
      'manifest.json': manifest({
        Shop: stackArtifact('Shop', more, properties),
        Net: stackArtifact('Net', { environment: 'aws://unknown-account/unknown-region' }),
        'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'gone.json' } },
        Tree: { type: 'cdk:tree', properties: { file: 'gone.json' } },
      }),
      'Shop.template.json': QUEUE,
      'Net.template.json': {},
      'unnamed.template.json': '{ broken',
      'asset.1/template.yaml': '{ broken',
    });
    const [net, one] = stacksOf(folder);
    expect(one).toMatchObject({
      id: 'Prod/Shop',
      name: 'the-shop',
      nameKnown: true,
      file: join(folder, 'Shop.template.json'),
      account: '111111111111',
      region: 'eu-west-1',
      dependencies: ['Net'],
      parameters: { Size: 'large' },
      tags: { team: 'a' },
      terminationProtection: true,
      notificationArns: ['arn:aws:sns:eu-west-1:111111111111:told'],
    });
    expect(net).toMatchObject({ id: 'Net', name: 'Net', template: { Resources: {} }, dependencies: [] });
    expect(net).not.toHaveProperty('account');
    expect(net).not.toHaveProperty('region');
    expect(net).not.toHaveProperty('terminationProtection');
    expect(net).not.toHaveProperty('notificationArns');
  });

  test('is one app with the assemblies of its stages', () => {
    const stage = (name: string, inner: object): object =>
      manifest({ [`${name}Shop`]: stackArtifact('Shop', { displayName: `${name}/Shop` }), ...inner });
    const nested = (directoryName: string): object => ({
      type: 'cdk:cloud-assembly',
      properties: { directoryName },
    });
    const folder = folderOf({
      'manifest.json': stage('Root', { z: nested('assembly-z') }),
      'Shop.template.json': QUEUE,
      'assembly-z/manifest.json': stage('Z', { y: nested('assembly-y') }),
      'assembly-z/Shop.template.json': QUEUE,
      'assembly-z/assembly-y/manifest.json': stage('Z/Y', {}),
      'assembly-z/assembly-y/Shop.template.json': QUEUE,
    });
    const { apps } = load([folder]);
    expect(apps).toHaveLength(1);
    expect(apps[0]!.stacks.map(({ id }) => id)).toEqual(['Root/Shop', 'Z/Shop', 'Z/Y/Shop']);
    expect(apps[0]!.stacks.map(({ stage: of }) => of)).toEqual([undefined, 'z', 'z/y']);
  });

  test('is found in a folder, by its manifest, and beside bare templates', () => {
    const folder = folderOf({
      'a/cdk.out/manifest.json': manifest({ Shop: stackArtifact('Shop') }),
      'a/cdk.out/Shop.template.json': QUEUE,
      'b/bare.json': QUEUE,
    });
    const apps = load([folder], { together: true }).apps.map(({ name, path }) => [name, path]);
    expect(apps).toEqual([
      ['cdk.out', join(folder, 'a/cdk.out')],
      ['together', folder],
    ]);
    expect(load([join(folder, 'a/cdk.out/manifest.json')]).apps[0]!.path).toBe(join(folder, 'a/cdk.out'));
  });

  test.each(['13.0.0', '36.0.24', '55.9.0'])('of schema version %s is read', (version) => {
    const folder = shop({}, {}, { 'manifest.json': manifest({ Shop: stackArtifact('Shop') }, version) });
    expect(stacksOf(folder)).toHaveLength(1);
  });

  test.each([
    ['56.0.0', 'is 56.0.0', 'use a newer cdk-nines'],
    ['12.0.0', 'is 12.0.0', 'synthesise with CDK 2'],
    ['new', 'is "new"', 'synthesise the app again'],
    [55, 'is a number', 'synthesise the app again'],
    [undefined, 'is nothing', 'synthesise the app again'],
  ])('fails when its schema version is %j', (version, found, fix) => {
    const folder = folderOf({ 'manifest.json': { version, artifacts: {} } });
    expect(refusalFrom(() => load([folder]))).toMatchObject({
      path: expect.stringMatching(/^manifest\.json:1:\d+$/),
      problem: `the schema version ${found}; versions 13 to 55 are understood`,
      fix,
    });
  });

  test('tells the line of a schema version that is too new', () => {
    const folder = folderOf({ 'manifest.json': '{\n  "artifacts": {},\n  "version": "99.0.0"\n}' });
    expect(refused(folder)[0]).toBe('manifest.json:3:3');
  });

  test.each([
    ['{"version": "55.0.0", "artifacts": {"Sh', 'JSON ends too early'],
    ['{"version": "55.0.0"}', 'artifacts is nothing, and must be a mapping'],
    [manifest({ Shop: 'x' }), 'artifact Shop is a string'],
    [manifest({ Shop: {} }), 'artifact Shop has no type'],
    [manifest({ Shop: { type: 'aws:cloudformation:stack' } }), 'artifact Shop has no templateFile'],
    [manifest({ Stage: { type: 'cdk:cloud-assembly' } }), 'artifact Stage has no directoryName'],
    [
      manifest({ Shop: stackArtifact('Shop', { environment: 'eu-west-1' }) }),
      'environment "eu-west-1" is not of the form aws://ACCOUNT/REGION',
    ],
    [
      manifest({ Shop: stackArtifact('Shop', {}, { stackName: 5 }) }),
      'stackName of Shop is a number, and must be a string',
    ],
    [
      manifest({ Shop: stackArtifact('Shop', {}, { tags: { a: 1 } }) }),
      'a is a number, and must be a string',
    ],
    [manifest({ Shop: stackArtifact('Shop', {}, { parameters: [] }) }), 'parameters of Shop is a list'],
    [manifest({ A: stackArtifact('Shop'), B: stackArtifact('Shop') }), 'a second stack is called Shop'],
    [manifest({ Shop: stackArtifact('Gone') }), 'template Gone.template.json of Shop does not exist'],
  ])('fails when its manifest is %j', (content, problem) => {
    expect(refused(shop({}, {}, { 'manifest.json': content }))[1]).toBe(problem);
  });

  test.each([
    ['a template', { Shop: stackArtifact('Shop', {}, { templateFile: '../Shop.template.json' }) }],
    [
      'a template by an absolute path',
      { Shop: stackArtifact('Shop', {}, { templateFile: '/../etc/../../x' }) },
    ],
    ['metadata', { Shop: stackArtifact('Shop', { additionalMetadataFile: '../x.json' }) }],
    ['an assembly', { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'a/../..' } } }],
    ['itself', { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }],
  ])('fails when it names %s outside its folder', (_, artifacts) => {
    const folder = folderOf({
      'Shop.template.json': QUEUE,
      'out/manifest.json': manifest(artifacts),
      'out/Shop.template.json': QUEUE,
    });
    expect(refusalFrom(() => load([join(folder, 'out')])).problem).toMatch(
      /is outside the assembly$|does not exist$/,
    );
  });

  test('fails when a manifest in a folder is broken', () => {
    const folder = folderOf({
      'cdk.out/manifest.json': '{"version": "55.0.0", "arti',
      'cdk.out/cdk.out': '{}',
      'a.json': QUEUE,
    });
    expect(refused(folder)[0]).toBe('cdk.out/manifest.json:1:28');
  });

  test('fails when its metadata file is missing', () => {
    expect(refused(shop({ additionalMetadataFile: 'gone.json' }))).toEqual(['gone.json', 'does not exist']);
  });
});

describe('construct metadata', () => {
  const metadata = {
    '/Shop': [
      { type: 'aws:cdk:stack-tags', data: [{ key: 'team', value: 'b' }] },
      {
        type: 'aws:cdk:acknowledged-rules',
        data: { 'cdk-nines::SQS-01': 'known' },
        trace: ['at new Shop (/app/shop.ts:8:1)'],
      },
    ],
    '/Shop/Queue/Resource': [
      {
        type: 'aws:cdk:logicalId',
        data: 'Queue',
        trace: ['new Queue (/app/node_modules/x/y.js:1:1)', 'new Shop (/app/shop.ts:5:3)'],
      },
    ],
    '/Shop/Bad': 'not a list',
    '/Shop/Other': [
      5,
      { type: 'aws:cdk:logicalId', data: 7 },
      { type: 'aws:cdk:acknowledged-rules', data: 'x' },
    ],
  };

  test.each([
    ['in the manifest', shopWith({ metadata })],
    ['in a file of its own', shopWith({ additionalMetadataFile: 'm.json' }, { 'm.json': metadata })],
  ])('%s gives constructs, lines, acknowledgements and tags', (_, make) => {
    const [stack] = stacksOf(make());
    expect([...stack!.constructs]).toEqual([
      ['Queue', { path: 'Shop/Queue/Resource', source: { file: '/app/shop.ts', line: 5 } }],
    ]);
    expect(stack!.acknowledgements).toEqual([
      { path: 'Shop', id: 'cdk-nines::SQS-01', reason: 'known', at: '/app/shop.ts:8' },
    ]);
    expect(stack!.tags).toEqual({ team: 'b' });
  });

  function shopWith(more: object, files: Files = {}): () => string {
    return () => shop(more, {}, files);
  }
});

describe('nested stacks of an assembly', () => {
  const hash = 'ab'.repeat(32);
  const nest = (more: object, url: unknown = { Ref: 'Url' }): object => ({
    Resources: { Nest: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url }, ...more } },
  });
  const asset = (path: string): object => ({ Metadata: { 'aws:asset:path': path } });

  test('are read from the file that the CDK recorded, with region and scope of their parent', () => {
    const metadata = {
      '/Shop/Nest.NestedStack/Nest.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'Nest' }],
      '/Shop/Queue/Resource': [{ type: 'aws:cdk:logicalId', data: 'Queue' }],
      '/Shop/Nest/Queue/Resource': [{ type: 'aws:cdk:logicalId', data: 'Queue' }],
      '/Shop/Nest/Queue': [{ type: 'aws:cdk:acknowledged-rules', data: { a: 'b' } }],
    };
    const folder = shop({ metadata }, {}, { 'Shop.template.json': nest(asset('n.json')), 'n.json': QUEUE });
    const [parent] = stacksOf(folder);
    const child = parent!.nested.get('Nest')!;
    expect(child).toMatchObject({ id: 'Shop/Nest', name: 'Nest', nameKnown: false, region: 'eu-west-1' });
    expect(child.constructs.get('Queue')).toEqual({ path: 'Shop/Nest/Queue/Resource' });
    expect(child.acknowledgements).toEqual([{ path: 'Shop/Nest/Queue', id: 'a', reason: 'b' }]);
    expect(parent!.acknowledgements).toEqual([]);
  });

  test('are found by the hash in their URL when no file was recorded', () => {
    const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, `/assets/${hash}.json`]] };
    const folder = folderOf({
      'manifest.json': manifest({
        Shop: stackArtifact('Shop'),
        'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
      }),
      'Shop.assets.json': { files: { [hash]: { source: { path: 'n.json' } } } },
      'Shop.template.json': nest({}, url),
      'n.json': QUEUE,
    });
    expect(stacksOf(folder)[0]!.nested.get('Nest')!.template).toEqual(QUEUE);
  });

  test('are somewhere else when their URL is unknown', () => {
    expect(stacksOf(shop({}, {}, { 'Shop.template.json': nest({}) }))[0]!.nested.size).toBe(0);
  });

  test.each([
    ['is missing', 'gone.json', 'template gone.json of nested stack Nest does not exist'],
    ['is outside', '../n.json', 'template ../n.json of nested stack Nest is outside the assembly'],
  ])('fail when their file %s', (_, path, problem) => {
    const folder = shop({}, {}, { 'Shop.template.json': nest(asset(path)) });
    expect(refused(folder)).toEqual(['Shop.template.json:1:15', problem]);
  });

  test('fail when they nest themselves', () => {
    const folder = shop({}, {}, { 'Shop.template.json': nest(asset('Shop.template.json')) });
    expect(refused(folder)[1]).toMatch(/^nested stack Nest includes itself by way of /);
  });

  test('fail when their file was removed after the synthesis', () => {
    const folder = shop({}, {}, { 'Shop.template.json': nest(asset('n.json')), 'n.json': QUEUE });
    rmSync(join(folder, 'n.json'));
    expect(refused(folder)[1]).toContain('does not exist');
  });
});
