import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import { Scratch } from '../support/scratch';

const GOOD = { Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } };
const SINGLE_AZ = {
  Resources: {
    Db: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'postgres', MultiAZ: false, DBInstanceClass: 'db.m6g.large' },
    },
  },
};

describe('nines', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  /** Runs the command as a user would, and gives what it wrote. */
  async function nines(...args: readonly string[]) {
    const written = { out: '', err: '' };
    const world = {
      out: (text: string) => {
        written.out += text;
      },
      err: (text: string) => {
        written.err += text;
      },
      env: { NO_COLOR: '1' },
      isTerminal: false,
    };
    const code = await run(args, world, '1.2.3');
    return { code, ...written };
  }

  it('prints its version', async () => {
    expect(await nines('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  it('audits a template and exits with 1 when an error is found', async () => {
    const { code, out } = await nines('audit', scratch.write('db.template.json', SINGLE_AZ));
    expect(code).toBe(1);
    expect(out).toMatch(/error {3}RDS-01 {2}Database instances/);
    expect(out).toMatch(/MultiAZ: found false, needs true/);
    expect(out).toMatch(/fix: /);
    expect(out).toMatch(/\d+ errors?, \d+ warnings?, \d+ info/);
  });

  it('exits with 0 when nothing reaches the level asked for', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    expect((await nines('audit', file, '--fail-on', 'never')).code).toBe(0);
    expect((await nines('audit', scratch.write('good.json', GOOD), '--fail-on', 'info')).code).toBe(0);
  });

  it('judges resources of no declared service at the tier asked for', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const { verdicts } = JSON.parse((await nines('audit', file, '--format', 'json', '--tier', '3')).out);
    expect(verdicts.find(({ rule }: { rule: string }) => rule === 'RDS-01')).toMatchObject({
      severity: 'info',
      tier: 3,
    });
  });

  it('prints JSON of the contract: a schema, a summary and verdicts', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const { out, err } = await nines('audit', file, '--format', 'json');
    const report = JSON.parse(out);
    expect(report.schema).toBe('nines.audit/1');
    expect(Object.keys(report.summary)).toEqual([
      'fail',
      'unknown',
      'pass',
      'notApplicable',
      'accepted',
      'engineErrors',
    ]);
    expect(report.verdicts.find(({ rule }: { rule: string }) => rule === 'RDS-01')).toMatchObject({
      verdict: 'fail',
      severity: 'error',
      stack: 'db',
      app: 'db',
      file,
      logicalId: 'Db',
      type: 'AWS::RDS::DBInstance',
      property: 'MultiAZ',
    });
    expect(
      report.verdicts.every(({ verdict }: { verdict: string }) => ['fail', 'unknown'].includes(verdict)),
    ).toBe(true);
    expect(err).toBe('');
  });

  it('lists passes only with --all', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const outcomes = async (...flags: readonly string[]) =>
      new Set(
        JSON.parse((await nines('audit', file, '--format', 'json', ...flags)).out).verdicts.map(
          ({ verdict }: { verdict: string }) => verdict,
        ),
      );
    expect((await outcomes()).has('notApplicable')).toBe(false);
    expect((await outcomes('--all')).has('notApplicable')).toBe(true);
  });

  it('writes to a file when asked, and nothing to standard output', async () => {
    const target = join(scratch.folder, 'report.json');
    const { out } = await nines(
      'audit',
      scratch.write('good.json', GOOD),
      '--format',
      'json',
      '--out',
      target,
    );
    expect(out).toBe('');
    expect(JSON.parse(readFileSync(target, 'utf8')).schema).toBe('nines.audit/1');
  });

  it('skips what is no template in a folder, with a word on standard error', async () => {
    scratch.write('mixed/package.json', { name: 'x' });
    scratch.write('mixed/good.template.json', GOOD);
    const { code, err } = await nines('audit', join(scratch.folder, 'mixed'));
    expect(code).toBe(0);
    expect(err).toMatch(/^nines: skipped .*package\.json: /);
  });

  it('reads the services of the app from the configuration named', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const config = scratch.write(
      'nines.config.yaml',
      'services:\n  - name: archive\n    tier: 3\n    stacks: [db]\n',
    );
    const { code, out } = await nines('audit', file, '--config', config);
    expect(code).toBe(0);
    expect(out).toMatch(/archive, tier 3/);
  });

  it('fails for a weakening whose last day is past, as synthesis does', async () => {
    const service = new Service({ name: 'shop', tier: 0, owner: 'team' });
    const weakening = {
      what: 'Dns.ttl',
      reason: 'a partner',
      expires: '2020-01-31',
      approver: 'head of payments',
    };
    const services = [catalogueService(service, { weakenings: [weakening] })];
    const template = { ...GOOD, Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services } } };
    const { code, out } = await nines('audit', scratch.write('old.template.json', template));
    expect(code).toBe(1);
    expect(out).toMatch(/X-84[\s\S]*found Dns\.ttl weakened until 2020-01-31/);
  });

  it('refuses a configuration that is no file', async () => {
    const { code, err } = await nines('audit', scratch.write('good.json', GOOD), '--config', '/dev/zero');
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1]);
  });

  it('tells in a comment what is new since an earlier report', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const base = join(scratch.folder, 'base.json');
    await nines('audit', file, '--format', 'json', '--out', base);
    const { out } = await nines('audit', file, '--format', 'markdown', '--base', base);
    expect(out).toMatch(
      /^<!-- cdk-nines -->\n## cdk-nines: \d+ errors?.*\n\n\*\*0 new\*\*, 0 fixed, \d+ unchanged/,
    );
  });

  it('shows what other tools found without counting it', async () => {
    const violations = [{ ruleName: 'Acme-1', description: 'not blue', severity: 'error' }];
    const pluginReports = [{ pluginName: 'Acme', conclusion: 'failure', violations }];
    const merged = scratch.write('validation-report.json', { pluginReports });
    const good = scratch.write('good.json', GOOD);
    const { out, code } = await nines(
      'audit',
      good,
      '--merge',
      merged,
      '--merge',
      merged,
      '--fail-on',
      'error',
    );
    expect(out).toMatch(/Acme {2}2 findings, 0 accepted, not counted above/);
    expect(code).toBe(0);
  });

  it('judges on the day that it is given, and writes the same bytes for it', async () => {
    const file = scratch.write('single.json', SINGLE_AZ);
    for (const format of [
      'html',
      'oscal-assessment-results',
      'oscal-component-definition',
      'oscal-poam',
      'junit',
    ]) {
      const runs = await Promise.all(
        [1, 2].map(() =>
          nines('audit', file, '--format', format, '--today', '2031-02-03', '--fail-on', 'never'),
        ),
      );
      expect(runs[0]?.code).toBe(0);
      expect(runs[0]?.out).toBe(runs[1]?.out);
      expect(runs[0]?.out.includes('2031-02-03')).toBe(format !== 'junit');
      expect(runs[0]?.out).not.toContain(new Date().toISOString().slice(0, 10));
    }
    const { code, err } = await nines('audit', file, '--today', '2031-02-30');
    expect([code, err]).toEqual([2, expect.stringMatching(/ Write a day as YYYY-MM-DD\./)]);
  });

  it('dates reports by the day and not by the moment', async () => {
    const file = scratch.write('single.json', SINGLE_AZ);
    const { out } = await nines('audit', file, '--format', 'oscal-poam');
    expect(JSON.parse(out)['plan-of-action-and-milestones'].metadata['last-modified']).toMatch(
      /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/,
    );
  });

  it('says what is new since a base in text, too, and refuses other formats', async () => {
    const file = scratch.write('single.json', SINGLE_AZ);
    const base = scratch.write('base.json', (await nines('audit', file, '--format', 'json')).out);
    expect((await nines('audit', file, '--base', base)).out).toMatch(
      /\nsince the base: 0 new, 0 fixed, \d+ unchanged\n/,
    );
    for (const format of ['html', 'json', 'sarif', 'junit', 'gitlab', 'oscal-poam']) {
      const { code, out, err } = await nines('audit', file, '--format', format, '--base', base);
      expect([code, out]).toEqual([2, '']);
      expect(err).toBe(
        `nines: --base: has no place in the format ${format}; fix: use one of text, markdown\n`,
      );
    }
  });

  it('refuses a base that is no report', async () => {
    const good = scratch.write('good.json', GOOD);
    const { code, err } = await nines('audit', good, '--base', good);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/good\.json: has no schema, needs "nines\.audit\/1"/),
    ]);
  });

  it('explains a rule', async () => {
    const { code, out } = await nines('explain', 'elb-01');
    expect(code).toBe(0);
    expect(out).toMatch(/^ELB-01 {2}Load balancers span at least two zones\./);
    expect(out).toMatch(/cdk-nines::ELB-01/);
  });

  it('explains what only a running account shows', async () => {
    const { code, out } = await nines('explain', 'vpn-01');
    expect(code).toBe(0);
    expect(out).toMatch(/^VPN-01 {2}Both tunnels/);
    expect(out).toMatch(/watch by {2}the rule VPC_VPN_2_TUNNELS_UP of AWS Config/);
    expect((await nines('explain', 'STS-01')).out).toMatch(/no rule of AWS Config\n {2}instead {3}set /);
  });

  const wrong: Readonly<Record<string, readonly [args: readonly string[], message: RegExp]>> = {
    'the command is not known': [
      ['aduit'],
      /^nines: unknown command 'aduit' \(Did you mean audit\?\); see nines --help$/,
    ],
    'there is no command': [[], /^nines: no such command, or none; use .*audit, baseline, .* or /],
    'windows are not said to be the next ones': [
      ['windows'],
      /^nines: nines windows: .*fix: call nines windows next/,
    ],
    'the windows are named as no command': [['windows', 'nxt'], /fix: call nines windows next/],
    'an option is not known': [['audit', '--fast'], /^nines: unknown option '--fast'.*$/],
    'the format is not known': [['audit', '--format', 'pdf'], /Allowed choices are text, json/],
    'the tier is not known': [['audit', '--tier', '4'], /Allowed choices are 0, 1, 2, 3/],
    'the path does not exist': [['audit', '/nowhere/at/all'], /^nines: \/nowhere\/at\/all/],
    'the rule is not known': [
      ['explain', 'RDS-99'],
      /^nines: RDS-99: is none of the \d+ rules; fix: name a rule such as RDS-01/,
    ],
    'the configuration does not exist': [
      ['audit', '--config', '/nowhere.yaml', join(__dirname, '..', '..', 'schemas', '..', 'package.json')],
      /^nines: \/nowhere\.yaml: does not exist/,
    ],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    it(`exits with 2 and one line when ${name}`, async () => {
      const { code, out, err } = await nines(...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      expect(err.trimEnd()).toMatch(message);
    });
  }
});
