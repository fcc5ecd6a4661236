import { parse } from 'yaml';
import { NOT_IN_CONFIG, SAME_IN_ITEM } from '../../lib/audit/config/item-policies';
import { LEFT_OUT, MANAGED_RULES } from '../../lib/audit/config/managed-rules';
import { GUARD_RULES } from '../../lib/audit/guard';
import { RULES } from '../../lib/audit/rules';
import { RUNTIME_RULES } from '../../lib/audit/runtime-rules';
import {
  configPack,
  MOST_BYTES_OF_PACK,
  MOST_RULES_OF_PACK,
  PACKS,
  type PackName,
  packRules,
} from '../../lib/evidence/config-pack';
import {
  MOST_BYTES_OF_TEMPLATE,
  memberTemplate,
  stackSetTemplate,
} from '../../lib/evidence/stackset-template';
import { TIERS, Tier } from '../../lib/objectives/tier';
import { ALL_RULES } from '../support/exported';
import { guardFindings } from '../support/guard-engine';

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties: {
          readonly ConfigRuleName: string;
          readonly Description: string;
          readonly InputParameters?: Readonly<Record<string, string>>;
          readonly Scope?: { readonly ComplianceResourceTypes: readonly string[] };
          readonly Source: {
            readonly Owner: string;
            readonly SourceIdentifier?: string;
            readonly CustomPolicyDetails?: { readonly PolicyText: string };
          };
        };
      }
    >
  >;
}

const NAMES = Object.keys(PACKS) as readonly PackName[];
const textOf = (pack: PackName, tier: Tier = Tier.BUSINESS_CRITICAL) =>
  [...configPack({ ...ALL_RULES, pack, tier })].join('');
const templateOf = (pack: PackName, tier?: Tier) => parse(textOf(pack, tier)) as Template;
const ruleNamed = (pack: PackName, identifier: string, tier?: Tier) =>
  Object.values(templateOf(pack, tier).Resources).find(
    ({ Properties }) => Properties.Source.SourceIdentifier === identifier,
  )?.Properties;

describe('a conformance pack', () => {
  it.each(NAMES)('on %s keeps within the limits of AWS Config with every rule at every tier', (pack) => {
    for (const tier of TIERS) {
      const text = textOf(pack, tier);
      const rules = packRules({ ...ALL_RULES, pack, tier });
      expect(rules.length).toBeLessThanOrEqual(MOST_RULES_OF_PACK);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES_OF_PACK);
      expect(Object.keys((parse(text) as Template).Resources)).toHaveLength(rules.length);
    }
  });

  it('names our rules and the managed rules that ask the same', () => {
    expect(ruleNamed('availability', 'RDS_MULTI_AZ_SUPPORT')).toEqual({
      ConfigRuleName: 'RDS-01-rds-multi-az-support',
      Description: 'RDS-01: Database instances survive the loss of a zone.',
      Source: { Owner: 'AWS', SourceIdentifier: 'RDS_MULTI_AZ_SUPPORT' },
    });
  });

  it('takes the numbers from the tier', () => {
    const frequency = (tier: Tier) =>
      ruleNamed('availability', 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', tier)?.InputParameters;
    expect(frequency(Tier.MISSION_CRITICAL)).toEqual({
      requiredFrequencyUnit: 'hours',
      requiredFrequencyValue: '1',
      requiredRetentionDays: '35',
    });
    expect(frequency(Tier.STANDARD)).toEqual({
      requiredFrequencyUnit: 'hours',
      requiredFrequencyValue: '24',
      requiredRetentionDays: '14',
    });
  });

  it('has every rule that only a running account shows and AWS Config judges', () => {
    const asked = RUNTIME_RULES.flatMap(({ configRules = [] }) => configRules);
    const names = NAMES.flatMap((pack) => Object.values(templateOf(pack).Resources)).map(
      ({ Properties }) => Properties.Source.SourceIdentifier,
    );
    expect(asked.filter((identifier) => !names.includes(identifier))).toEqual([]);
  });

  it('asks nothing twice', () => {
    const identifiers = NAMES.flatMap((pack) => Object.values(templateOf(pack).Resources))
      .map(({ Properties }) => Properties.Source.SourceIdentifier)
      .filter((identifier) => identifier !== undefined);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });

  it('judges by policies of ours, over configuration items, where they have the shape of the template', () => {
    const policies = NAMES.flatMap((pack) => Object.values(templateOf(pack).Resources))
      .map(({ Properties }) => Properties)
      .filter(({ Source }) => Source.Owner === 'CUSTOM_POLICY');
    expect(policies.map(({ Scope }) => Scope?.ComplianceResourceTypes[0]).sort()).toEqual(
      Object.values(SAME_IN_ITEM).sort(),
    );
    const text = policies.map(({ Source }) => Source.CustomPolicyDetails?.PolicyText).join('');
    expect(text).toContain(
      "rule BKP_04 when resourceType == 'AWS::Backup::BackupVault' {\n  configuration.EncryptionKeyArn not in ['', [], {}]\n}",
    );
    expect(() => guardFindings(text, [])).not.toThrow();
  });

  it('says of every rule for CloudFormation Guard how AWS Config judges it, or why not', () => {
    const open = GUARD_RULES.map(({ id }) => id).filter(
      (id) => [MANAGED_RULES, SAME_IN_ITEM, NOT_IN_CONFIG].filter((one) => id in one).length !== 1,
    );
    expect(open).toEqual([]);
  });

  it('knows only rules that exist, and leaves out what it lists', () => {
    const ids = [...RULES, ...RUNTIME_RULES].map(({ id }) => id);
    const listed = [MANAGED_RULES, SAME_IN_ITEM, NOT_IN_CONFIG].flatMap((one) => Object.keys(one));
    expect(listed.filter((id) => !ids.includes(id))).toEqual([]);
    const managed = Object.values(MANAGED_RULES).flat();
    expect(Object.keys(LEFT_OUT).filter((identifier) => managed.includes(identifier))).toEqual([]);
  });

  it('survives a title that is no plain text', () => {
    const [rule] = RULES.filter(({ id }) => id === 'RDS-01');
    if (!rule) throw new Error('no RDS-01');
    const title = 'a "quote": &b *c !d\n- e # \u001b[31m \u2028 🦆 ${AWS::Region}';
    const text = [
      ...configPack({
        ...ALL_RULES,
        runtimeRules: [],
        rules: [{ ...rule, title }],
        pack: 'availability',
        tier: 1,
      }),
    ].join('');
    const [only] = Object.values((parse(text) as Template).Resources);
    expect(only?.Properties.Description).toBe(`RDS-01: ${title}`);
    expect([...text].filter((letter) => letter !== '\n' && (letter < ' ' || letter > '~'))).toEqual([]);
  });
});

describe('a stack set', () => {
  it.each(NAMES)('takes the pack on %s to each account inline, at every tier', (name) => {
    for (const tier of TIERS) {
      const body = memberTemplate({ name: 'nines', pack: textOf(name, tier) });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MOST_BYTES_OF_TEMPLATE);
      const { Pack } = (
        JSON.parse(body) as { Resources: Record<string, { Properties: { TemplateBody: string } }> }
      ).Resources;
      expect(parse(Pack?.Properties.TemplateBody ?? '')).toEqual(templateOf(name, tier));
    }
  });

  it('goes to organisational units, without the accounts that are excluded', () => {
    const { Resources } = parse([...stackSetTemplate({ name: 'nines', pack: 'Resources: {}' })].join(''));
    const { StackInstancesGroup, AutoDeployment, PermissionModel, CallAs } = Resources.Checks.Properties;
    expect({ AutoDeployment, PermissionModel, CallAs }).toEqual({
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: { Ref: 'CallAs' },
    });
    expect(StackInstancesGroup[0].DeploymentTargets['Fn::If'][1].AccountFilterType).toBe('DIFFERENCE');
  });
});
