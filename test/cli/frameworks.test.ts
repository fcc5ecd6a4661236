import { nines, SINGLE_AZ } from '../support/command';
import { Scratch } from '../support/scratch';

describe('nines audit --framework', () => {
  const scratch = new Scratch();
  const file = scratch.write('db.template.json', SINGLE_AZ);
  afterAll(() => scratch.remove());

  const audit = (...args: readonly string[]) => nines('audit', file, ...args);

  it('adds the reports to the findings, and leaves the exit code as it is', async () => {
    const { code, out } = await audit('--framework', 'dora', '--fail-on', 'never');
    expect(code).toBe(0);
    expect(out).toMatch(/RDS-01 {2}Database instances[\s\S]*\nDORA {2}by article/);
    expect(out).toMatch(/not supported {3}Art\. 12 /);
    expect((await audit('--framework', 'dora')).code).toBe(1);
  });

  it('takes names with commas, again and again, and as presets name them', async () => {
    const { out } = await audit(
      '--format',
      'json',
      '--framework',
      'dora,iso-27001',
      '--framework',
      'soc2',
      '--framework',
      'dora',
    );
    const { frameworks } = JSON.parse(out).controlReports;
    expect(frameworks.map(({ framework }: { framework: string }) => framework)).toEqual([
      'dora',
      'iso27001',
      'soc2',
    ]);
  });

  it.each(['markdown', 'html', 'oscal-assessment-results', 'oscal-component-definition'])(
    'reports on the framework alone in %s',
    async (format) => {
      const { out } = await audit('--format', format, '--framework', 'nis2');
      expect(out).toMatch(/NIS2/);
      expect(out).not.toMatch(/GDPR: \d+ supported|framework-gdpr|gdpr-art/);
    },
  );

  it('reports on rules that were run only', async () => {
    const config = scratch.write('nines.config.yaml', 'presets: [dora]\n');
    const { out } = await audit('--format', 'json', '--framework', 'iso27001', '--config', config);
    const { controls } = JSON.parse(out).controlReports.frameworks[0];
    const control = controls.find(({ id }: { id: string }) => id === 'A.8.14');
    expect(control.rules.map(({ rule }: { rule: string }) => rule)).toContain('RDS-01');
  });

  it('writes a POA&M', async () => {
    const { out } = await audit('--format', 'oscal-poam');
    expect(JSON.parse(out)['plan-of-action-and-milestones']['system-id'].id).toBe('db');
  });

  it.each([
    ['the name is not known', ['--framework', 'dora,cobit'], /Allowed choices are iso27001, nist80053/],
    [
      'the format has no place for it',
      ['--framework', 'dora', '--format', 'junit'],
      /--framework: has no place in the format junit/,
    ],
  ])('exits with 2 and one line when %s', async (_, args, message) => {
    const { code, out, err } = await audit(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });
});

describe('nines explain', () => {
  it('says which controls are our reading', async () => {
    const { out } = await nines('explain', 'RDS-01');
    expect(out).toMatch(/ supports {2}ISO\/IEC 27001:2022: A\.8\.14, A\.5\.30 \(our reading\)\n {12}NIST/);
    expect((await nines('explain', 'VPN-01')).out).toMatch(
      / {12}DORA: Art\. 12, Art\. 9\(2\) \(our reading\)/,
    );
  });
});
