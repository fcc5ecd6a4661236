import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-diff-'));
let files = 0;

function template(resources: object): string {
  const file = join(folder, `${files++}.template.json`);
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

function database(properties: object, attributes: object = {}): object {
  return { Db: { Type: 'AWS::RDS::DBInstance', Properties: properties, ...attributes } };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nines diff', () => {
  it('says what gets worse, by which event, and that nothing else moves', async () => {
    const [base, head] = [database({ MultiAZ: true }), database({ AvailabilityZone: 'eu-west-1a' })].map(
      template,
    );
    const { out } = await nines('diff', base ?? '', head ?? '');
    expect(out).toMatch(/down a year at best: 310 min -> 2\d{3} min/);
    expect(out).toMatch(/app\/Db costs 25\d min -> 25\d\d min a year/);
    expect(out).toMatch(/new single point of failure: zone eu-west-1a/);
  });

  it('says nothing moves, with exit code 0', async () => {
    const file = template(database({ MultiAZ: true }));
    expect(await nines('diff', file, file)).toMatchObject({
      code: 0,
      out: 'app stays as it is\nnothing moves\n',
    });
  });

  it.each([
    [
      'is removed',
      database({}, { DeletionPolicy: 'Delete' }),
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
    ],
    ['is replaced by MasterUsername', database({ MasterUsername: 'a' }), database({ MasterUsername: 'b' })],
    ['is replaced by Type', database({}), { Db: { Type: 'AWS::DynamoDB::Table', Properties: {} } }],
  ])('exits with 1 when what holds data %s', async (words, base, head) => {
    const { code, out } = await nines('diff', template(base), template(head));
    expect(out).toContain(`app/Db (AWS::RDS::DBInstance) ${words}: its data is deleted`);
    expect(code).toBe(1);
  });

  it('takes a snapshot of what is removed for kept, as CloudFormation does of databases', async () => {
    const { out } = await nines(
      'diff',
      template(database({})),
      template({ Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } }),
    );
    expect(out).toContain('is removed: a last snapshot is kept');
  });

  it('has nothing to say of data where a standby is added', async () => {
    const [one, two] = [database({ MultiAZ: false }), database({ MultiAZ: true })].map(template);
    expect((await nines('diff', one ?? '', two ?? '')).out).not.toContain('replaced');
  });

  it('tells when the old one is kept', async () => {
    const kept = { UpdateReplacePolicy: 'Retain' };
    const { out } = await nines(
      'diff',
      template(database({ MultiAZ: true, MasterUsername: 'a' }, kept)),
      template(database({ MultiAZ: true, MasterUsername: 'b' }, kept)),
    );
    expect(out).toContain('is replaced by MasterUsername: the old one is kept');
  });

  it('tells what is interrupted, and what is perhaps replaced', async () => {
    const [small, large] = [{ DBInstanceClass: 'db.t4g.small' }, { DBInstanceClass: 'db.t4g.large' }];
    const { out, code } = await nines('diff', template(database(small)), template(database(large)));
    expect(out).toContain('is interrupted by DBInstanceClass: its data stays');
    expect(code).toBe(0);
    const engines = ['oracle-se', 'oracle-se2'].map((Engine) => template(database({ Engine })));
    expect((await nines('diff', ...engines)).out).toContain('is perhaps replaced by Engine');
  });

  it.each([
    ['Delete', 'is replaced by Engine: its data is deleted'],
    ['Snapshot', 'is replaced by Engine: a last snapshot is kept, which the new one cannot take'],
    ['Retain', 'is replaced by Engine: the old one is kept, which the new one cannot take'],
  ])(
    'exits with 1 where a database gets another engine, with UpdateReplacePolicy %s',
    async (policy, words) => {
      const [base, head] = ['mysql', 'postgres'].map((Engine) =>
        template(database({ Engine }, { UpdateReplacePolicy: policy })),
      );
      const { code, out } = await nines('diff', base ?? '', head ?? '');
      expect(out).toContain(words);
      expect(code).toBe(1);
    },
  );

  it('takes an engine in other letters for the same', async () => {
    const engines = ['mysql', 'MySQL'].map((Engine) => template(database({ Engine })));
    expect((await nines('diff', ...engines)).out).not.toContain('replaced');
  });

  describe('of capacity', () => {
    const group = (least: number, most: number, peak?: number): string => {
      const file = join(folder, `${files++}.template.json`);
      const owed = { rtoSeconds: 36_000, rpoSeconds: 36_000 };
      const kinds = ['rollback', 'dataRepair', 'instance', 'availabilityZone', 'region'];
      const service = {
        name: 'shop',
        tier: 3,
        owner: 'team',
        objectives: {
          slo: '0.5',
          sloWindowSeconds: 2_592_000,
          recovery: Object.fromEntries(kinds.map((kind) => [kind, owed])),
        },
        dependsOn: [],
        dataClasses: [],
        decisions:
          peak === undefined
            ? []
            : [{ what: 'Web.peakInstances', value: peak, because: 'declared', source: 'the caller' }],
        weakenings: [],
      };
      const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
      writeFileSync(
        file,
        JSON.stringify({
          Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [service] } },
          Resources: {
            Group: {
              Type: 'AWS::AutoScaling::AutoScalingGroup',
              Metadata: { 'aws:cdk:path': 'Shop/Web/Group' },
              Properties: {
                MinSize: String(least),
                MaxSize: String(most),
                DesiredCapacity: String(least),
                AvailabilityZones: zones,
              },
            },
          },
        }),
      );
      return file;
    };

    it('says which numbers fall, and what is left without a zone', async () => {
      const { code, out } = await nines('diff', group(9, 20), group(6, 12));
      for (const line of [
        'instances of Shop/Web/Group at the least: 9 -> 6',
        'instances of Shop/Web/Group desired: 9 -> 6',
        'instances of Shop/Web/Group at the most: 20 -> 12',
        'instances of Shop/Web/Group left without the fullest zone: 6 -> 4',
      ])
        expect(out).toContain(line);
      expect(code).toBe(0);
    });

    it('exits with 1 where the peak is no longer carried without a zone', async () => {
      const { code, out } = await nines('diff', group(9, 20, 6), group(6, 20, 6));
      expect(out).toContain('shop no longer meets what it owes');
      expect(out).toContain('Shop/Web/Group no longer carries the peak without one zone: 4 of 6 instances');
      expect(code).toBe(1);
      expect((await nines('diff', group(12, 20, 6), group(9, 20, 6))).code).toBe(0);
      expect((await nines('diff', group(6, 20, 6), group(9, 20, 6))).code).toBe(0);
    });

    it('exits with 1 where the maximum falls below the peak', async () => {
      expect((await nines('diff', group(9, 20, 6), group(5, 5, 6))).out).toContain(
        'no longer carries the peak with this region alone: 5 instances at the most',
      );
    });

    it('exits with 1 where nothing is left without a zone, though nobody declares a peak', async () => {
      expect((await nines('diff', group(2, 20), group(1, 20))).code).toBe(1);
    });

    it('tells machines the same', async () => {
      const { out } = await nines('diff', group(9, 20, 6), group(6, 20, 6), '--format', 'json');
      const [service] = JSON.parse(out).services;
      expect(service.units).toContainEqual({
        resource: 'Shop/Web/Group',
        unit: 'instance',
        what: 'minimum',
        before: 9,
        after: 6,
      });
      expect(service.lostCapacity).toMatchObject(
        [{ resource: 'Shop/Web/Group', what: 'peak without one zone' }, { what: 'reserved capacity' }].slice(
          0,
          service.lostCapacity.length,
        ),
      );
      expect(service.lostCapacity.length).toBeGreaterThan(0);
    });
  });

  it('takes another order of keys for no change', async () => {
    const [one, other] = [
      database({ MasterUserSecret: { a: 1, b: 2 }, MultiAZ: true }),
      database({ MultiAZ: true, MasterUserSecret: { b: 2, a: 1 } }),
    ].map(template);
    expect((await nines('diff', one ?? '', other ?? '')).out).toMatch(/nothing moves/);
  });

  it('tells of new services, and of those that are gone', async () => {
    const declared = (name: string) => {
      const file = join(folder, `${files++}.template.json`);
      const tags = [
        { Key: 'resilience:service', Value: name },
        { Key: 'resilience:tier', Value: '2' },
      ];
      writeFileSync(file, JSON.stringify({ Resources: database({ MultiAZ: true, Tags: tags }) }));
      return file;
    };
    const { out, code } = await nines('diff', declared('old'), declared('new'));
    expect(out).toMatch(
      /^new is new: 310 min down a year at best\nold is gone: nothing of it is assessed any more\n/,
    );
    expect(code).toBe(1);
    const json = JSON.parse((await nines('diff', declared('old'), declared('new'), '--format', 'json')).out);
    expect(json.services).toMatchObject([
      { name: 'new', state: 'new', worse: false },
      { name: 'old', state: 'gone', noLongerAssessed: true, worse: true },
    ]);
  });

  describe('of what is owed', () => {
    const declared = (tier: string, resources: object = database({ MultiAZ: true })) => {
      const file = join(folder, `${files++}.template.json`);
      const tags = [
        { Key: 'resilience:service', Value: 'shop' },
        { Key: 'resilience:tier', Value: tier },
      ];
      const tagged = Object.entries(resources).map(([id, { Properties, ...rest }]) => [
        id,
        { ...rest, Properties: { ...Properties, Tags: tags } },
      ]);
      writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(tagged) }));
      return file;
    };

    it('tells when more is owed of the same design than it keeps, with exit code 1', async () => {
      const { out, code } = await nines('diff', declared('2'), declared('0'));
      expect(out).toContain('shop no longer meets what it owes\n');
      expect(out).toContain('  owed a year at the most: 526 min -> 52.6 min down\n');
      expect(out).toContain('  no longer as available as owed\n');
      expect(out).toContain(
        '  after the loss of an instance, back in 2 min with no data lost: as owed -> more than owed\n',
      );
      expect(code).toBe(1);
    });

    it('tells when less is owed, and the design is as it was', async () => {
      const { out, code } = await nines('diff', declared('1'), declared('2'));
      expect(out).toContain('  owed a year at the most: 263 min -> 526 min down\n');
      expect(out).not.toContain('nothing moves');
      expect(code).toBe(0);
    });

    it('exits with 1 where nothing is left that anybody comes in through', async () => {
      const role = { Role: { Type: 'AWS::IAM::Role', Properties: {} } };
      const { out, code } = await nines('diff', declared('2'), declared('2', role));
      expect(out).toMatch(/^shop can no longer be assessed\n/);
      expect(code).toBe(1);
      const json = await nines('diff', declared('2'), declared('2', role), '--format', 'json');
      expect(JSON.parse(json.out).services[0]).toMatchObject({ noLongerAssessed: true, worse: true });
      expect((await nines('diff', declared('2', role), declared('2', role))).code).toBe(0);
      expect((await nines('diff', declared('2', role), declared('2'))).code).toBe(0);
    });

    it('exits with 0 where a service goes of which nothing was known', async () => {
      const role = { Role: { Type: 'AWS::IAM::Role', Properties: {} } };
      const queue = template({ Queue: { Type: 'AWS::DynamoDB::Table', Properties: {} } });
      const { out, code } = await nines('diff', declared('2', role), queue);
      expect(out).toContain('shop is gone\n');
      expect(code).toBe(0);
    });

    it('takes what is no longer known for no improvement', async () => {
      const role = { Role: { Type: 'AWS::IAM::Role', Properties: {} } };
      const { out } = await nines('diff', declared('1'), declared('1', role));
      expect(out).toContain('  nothing is found any more that serves: NOT ASSESSED\n');
      expect(out).toContain('  back after the loss of a region: never -> NOT KNOWN\n');
      expect(out).toContain('  data lost after the loss of a region: ALL data -> NOT KNOWN\n');
      expect(out).not.toContain('-> 0 s');
      expect(out).toMatch(/ {2}down a year at best: [\d.]+ min -> no entry point\n/);
      expect(out).not.toMatch(/single point of failure|costs/);
      const json = JSON.parse(
        (await nines('diff', declared('1'), declared('1', role), '--format', 'json')).out,
      );
      expect(json.services[0].owed.meets.after).toBeNull();
      expect(json.services[0]).toMatchObject({
        downtimeMinutesPerYear: { before: expect.any(Number), after: null },
        newSinglePointsOfFailure: [],
        mendedSinglePointsOfFailure: [],
        costs: [],
      });
      const back = await nines('diff', declared('1', role), declared('1'));
      expect(back.out).toMatch(/ {2}down a year at best: no entry point -> [\d.]+ min\n/);
      expect(back.out).toContain('  new single point of failure: ');
      expect(back.out).not.toMatch(/no longer a single point of failure|costs/);
      expect(json.services[0].recovery.at(-1)).toMatchObject({
        disruption: 'region',
        rtoSeconds: { before: null, after: null },
        notKnown: ['rtoSeconds.after', 'rpoSeconds.after'],
      });
    });
  });

  it('holds services of one name in several apps against those of the same app', async () => {
    const folderOf = (first: object, second: object) => {
      const apps = mkdtempSync(join(folder, 'apps-'));
      const tagged = (multi: object) =>
        database({
          ...multi,
          Tags: [
            { Key: 'resilience:service', Value: 'shop' },
            { Key: 'resilience:tier', Value: '2' },
          ],
        });
      writeFileSync(join(apps, 'one.template.json'), JSON.stringify({ Resources: tagged(first) }));
      writeFileSync(join(apps, 'two.template.json'), JSON.stringify({ Resources: tagged(second) }));
      return apps;
    };
    const good = { MultiAZ: true };
    const { out, code } = await nines('diff', folderOf(good, good), folderOf({ MultiAZ: false }, good));
    expect(out).toContain('one: shop no longer meets what it owes\n');
    expect(out).toContain('two: shop stays as it is\n');
    expect(code).toBe(1);
  });

  it('gives the same to machines and to pull requests, where names mean nothing', async () => {
    const [base, head] = [database({ MultiAZ: true }), { '<b>@all': { Type: 'AWS::DynamoDB::Table' } }].map(
      template,
    );
    const json = JSON.parse((await nines('diff', base ?? '', head ?? '', '--format', 'json')).out);
    expect(json).toMatchObject({
      schema: 'nines.difference/1',
      data: [{ kind: 'removed', kept: 'snapshot' }],
    });
    const { out } = await nines('diff', base ?? '', head ?? '', '--format', 'markdown');
    expect(out).not.toContain('<b>');
    expect(out).not.toContain('@all');
  });
});
