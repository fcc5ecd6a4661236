import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

describe('nines export', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it('writes the same bytes twice', async () => {
    const once = await nines('export', 'config-pack');
    expect(once.code).toBe(0);
    expect(await nines('export', 'config-pack')).toEqual(once);
  });

  it('writes what is owed at the tier, and errors only where they are asked for', async () => {
    const rules = async (...flags: string[]) =>
      (await nines('export', 'guard', ...flags)).out.match(/^rule \w+/gm) ?? [];
    const [all, some, errors, least] = [
      await rules('--tier', '0'),
      await rules('--tier', '1'),
      await rules('--tier', '1', '--level', 'error'),
      await rules('--tier', '3'),
    ];
    expect(all.length).toBeGreaterThan(some.length);
    expect(some.length).toBeGreaterThan(errors.length);
    expect(errors).toContain('rule RDS_01');
    expect(least).toEqual(await rules('--tier', '2'));
  });

  it('refuses to write a file without a rule', async () => {
    expect(await nines('export', 'guard', '--tier', '2', '--level', 'error')).toEqual({
      code: 2,
      out: '',
      err: 'nines: --level: no rule that Guard can judge is an error at tier 2; fix: use --level warning\n',
    });
  });

  it('takes parameters from the configuration, and leaves out what it switches off', async () => {
    const config = scratch.write('nines.config.yaml', {
      rules: {
        'CWL-01': { parameters: { minimumDays: 400 } },
        'RDS-01': { level: 'off', reason: 'other rules ask it' },
      },
    });
    const { out, err } = await nines('export', 'guard', '--config', config);
    expect(err).toBe('');
    expect(out).toContain('Properties.RetentionInDays >= 400');
    expect(out).not.toContain('RDS_01 when');
  });

  it('writes a hook on types of the registry only', async () => {
    const { out } = await nines('export', 'hook', '--tier', '0');
    const types = parse(out).Resources.Hook.Properties.TargetFilters.TargetNames as readonly string[];
    expect(types).toContain('AWS::RDS::DBInstance');
    expect(types.filter((type) => !type.startsWith('AWS::'))).toEqual([]);
  });

  it.each([
    ['openslo', '--service', 'shop', 'figures'],
    ['queries', '--incidents', 'incidents.yaml', 'figures'],
    ['figures', '--region', 'eu-west-1', 'queries'],
    ['openslo', '--deployed', 'dashboard.json', 'queries'],
    ['guard', '--today', '2026-11-23', 'figures, queries'],
  ])('of %s refuses %s, which it would not heed', async (what, option, value, kinds) => {
    expect(await nines('export', what, option, value)).toEqual({
      code: 2,
      out: '',
      err: `nines: ${option}: it says nothing of ${what}, only of ${kinds}; fix: leave it out\n`,
    });
  });

  it('writes to a file, and refuses what it does not know', async () => {
    const file = scratch.write('stackset.yaml', '');
    expect(await nines('export', 'stackset', '--pack', 'evidence', '--out', file)).toMatchObject({ code: 0 });
    expect(parse(readFileSync(file, 'utf8')).Resources.Checks.Properties.StackSetName).toBe(
      'nines-evidence-tier-1',
    );
    expect(await nines('export', 'scp')).toMatchObject({ code: 2 });
  });
});
