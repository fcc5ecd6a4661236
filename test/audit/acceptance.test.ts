import { fail, pass } from '../../lib/assembly/judgement';
import { type AuditOptions, type AuditResult, audit } from '../../lib/audit/engine';
import { type RegisterEntry, stateInWords } from '../../lib/audit/register';
import { mustFail, summarise } from '../../lib/audit/report';
import type { Rule } from '../../lib/audit/rule';
import { exceptionsAreInForce } from '../../lib/audit/rules/exceptions';
import { HIGH, MEDIUM } from '../../lib/audit/severity';
import { CATALOGUE_SCHEMA } from '../../lib/objectives/catalogue';
import type { RiskAcceptanceRecord } from '../../lib/objectives/risk-acceptance';
import { Tier } from '../../lib/objectives/tier';
import type { SignatureCheck } from '../../lib/records/filed-acceptance';
import { RECORD } from '../records/fixtures';
import { graphOf, type TestStack } from '../support/graph';

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  title: 'It holds.',
  kind: 'redundancy',
  why: 'Why.',
  fix: 'mend it',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBInstance'],
  check: (resource) =>
    resource.is('MultiAZ', true).outcome === 'pass' ? pass() : fail({ found: 'one', needed: 'two' }),
  ...more,
});

const RULES = [rule('RDS-01'), rule('RDS-05', { severity: MEDIUM }), exceptionsAreInForce];

const database = (isSound: boolean) => ({ Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: isSound } });

interface Setting {
  readonly record?: Partial<RiskAcceptanceRecord>;
  readonly records?: readonly Partial<RiskAcceptanceRecord>[];
  readonly inCode?: readonly Partial<RiskAcceptanceRecord>[];
  readonly acknowledgements?: TestStack['acknowledgements'];
  readonly day?: string;
  readonly tier?: Tier;
  readonly options?: Partial<AuditOptions['exceptions']>;
  readonly rules?: readonly Rule[];
}

/** A stack with a database that fails and one that passes, audited in February 2027 with one record in a file. */
function run(setting: Setting = {}): AuditResult {
  const { record, records = [record ?? {}], inCode = [], day = '2027-02-01', tier } = setting;
  const metadata = {
    'cdk-nines': {
      schema: CATALOGUE_SCHEMA,
      services: [],
      acceptances: inCode.map((each) => ({ ...RECORD, ...each })),
    },
  };
  const app = {
    stacks: {
      Shop: {
        template: { Metadata: metadata, Resources: { Db: database(false), Other: database(true) } },
        paths: { Db: 'Shop/Database/Resource', Other: 'Shop/Other/Resource' },
        acknowledgements: setting.acknowledgements ?? [],
      },
    },
  };
  const source = { file: 'records/db.yaml', line: 1 };
  return audit([graphOf(app)], {
    rules: setting.rules ?? RULES,
    today: new Date(`${day}T12:00:00Z`),
    ...(tier !== undefined && { assumedTier: tier }),
    exceptions: { records: records.map((each) => ({ ...RECORD, ...each, source })), ...setting.options },
  });
}

const finding = ({ verdicts }: AuditResult) =>
  verdicts.find(({ rule: id, verdict }) => id === 'RDS-01' && verdict === 'fail');
const exceptions = ({ verdicts }: AuditResult) => verdicts.filter(({ rule: id }) => id === 'X-84');
const entry = ({ register }: AuditResult): RegisterEntry | undefined => register?.[0];
const said = (result: AuditResult) => exceptions(result).map(({ message }) => message);

describe('a risk acceptance', () => {
  it('answers for a finding until its last day, and says who, why and until when', () => {
    const result = run({ day: '2027-03-31' });
    expect(finding(result)?.accepted).toEqual({
      by: 'head of payments',
      owner: 'head of logistics',
      ticket: 'RISK-142',
      until: '2027-03-31',
      reason: 'the move to Aurora ends in March',
    });
    expect(exceptions(result).map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(summarise(result)).toMatchObject({ accepted: 1 });
    expect(entry(result)).toMatchObject({ state: 'in force', accepts: 1, daysLeft: 0, problems: [] });
  });

  const SCOPES: Readonly<Record<string, RiskAcceptanceRecord['scope']>> = {
    'a construct': { path: 'Shop/Database' },
    'a resource': { stack: 'Shop', resource: 'Db' },
  };
  it.each(Object.entries(SCOPES))('answers for %s', (_what, scope) => {
    expect(finding(run({ record: { scope } }))?.accepted?.by).toMatch(/^head of/);
  });

  it('answers for nothing outside of its scope', () => {
    for (const scope of [
      { path: 'Shop/Data' },
      { path: 'Shop/Other' },
      { stack: 'Other' },
      { service: 'shop' },
    ]) {
      expect(finding(run({ record: { scope } }))?.accepted).toBeUndefined();
    }
  });

  const REFUSED: Readonly<Record<string, readonly [setting: Setting, state: string, message: RegExp]>> = {
    'it has expired': [{ day: '2027-04-01' }, 'expired', /it expired on 2027-03-31/],
    'it has not begun': [
      { day: '2027-01-09' },
      'not yet in force',
      /it begins on 2027-01-10, and today is 2027-01-09/,
    ],
    'its author approves it': [
      { record: { approver: 'Team Shop' } },
      'refused',
      /approver "Team Shop" is its author/,
    ],
    'its owner approves it': [
      { record: { approver: 'head of logistics' } },
      'refused',
      /approver "head of logistics" is its owner/,
    ],
    'one role approves it twice': [
      { record: { secondApprover: 'head-of payments' } },
      'refused',
      /secondApprover "head-of payments" is its approver/,
    ],
    'it runs for longer than its tier allows': [
      { record: { expires: '2027-07-10' } },
      'refused',
      /runs for 181 d \(2027-01-10 to 2027-07-10\), but tier 1 allows 180 d/,
    ],
    'a tier above allows less': [
      { tier: Tier.MISSION_CRITICAL, record: { expires: '2027-04-11', secondApprover: 'board' } },
      'refused',
      /runs for 91 d .*, but tier 0 allows 90 d/,
    ],
    'a rule of severity high at tier 0 has one approver': [
      { tier: Tier.MISSION_CRITICAL },
      'refused',
      /it has one approver, and RDS-01 is of severity high at tier 0, which needs 2/,
    ],
    'a signature is asked for': [
      { options: { requireSignatures: true } },
      'unsigned',
      /the signature of its approver is missing, and tier 1 asks for it/,
    ],
    'a signature is asked for at its tier': [
      { options: { requireSignatures: [Tier.BUSINESS_CRITICAL] } },
      'unsigned',
      /tier 1 asks for it/,
    ],
    'nobody said whose signatures count': [
      { record: { signature: 'x' }, options: { requireSignatures: true } },
      'unsigned',
      /was not checked: no keys of signers are given/,
    ],
    'its signature is wrong, though none is asked for': [
      {
        record: { signature: 'x' },
        options: { checkSignature: () => ({ state: 'wrong', reason: 'does not fit' }) },
      },
      'refused',
      /the signature of its approver does not fit/,
    ],
    'it is not well formed': [
      { inCode: [{ rules: ['RDS-01', 'RDS'] }], records: [] },
      'refused',
      /family of rules/,
    ],
  };
  for (const [name, [setting, state, message]] of Object.entries(REFUSED)) {
    it(`hides nothing when ${name}, and is a finding itself`, () => {
      const result = run(setting);
      expect(finding(result)?.accepted).toBeUndefined();
      expect(finding(result)?.refused).toMatch(message);
      expect(entry(result)?.state).toBe(state);
      expect(entry(result)?.accepts).toBe(0);
      expect(exceptions(result).map(({ verdict }) => verdict)).toEqual(['fail']);
      expect(said(result)[0]).toMatch(message);
      expect(mustFail(result, 'error')).toBe(true);
    });
  }

  it('holds where the signatures that are asked for are good', () => {
    const checked: string[] = [];
    const checkSignature = (_record: RiskAcceptanceRecord, field: string): SignatureCheck => {
      checked.push(field);
      return { state: 'verified' };
    };
    const record = { secondApprover: 'board', signature: 'x', secondSignature: 'y' };
    const options = { requireSignatures: true, checkSignature };
    const result = run({ tier: Tier.MISSION_CRITICAL, record, options });
    expect(finding(result)?.accepted?.by).toBe('head of payments, board');
    expect([entry(result)?.signature, checked]).toEqual(['verified', ['signature', 'secondSignature']]);
    const { secondSignature: _, ...once } = record;
    expect(entry(run({ tier: Tier.MISSION_CRITICAL, record: once, options }))?.state).toBe('unsigned');
  });

  it('is a finding when it is no longer needed', () => {
    const result = run({ record: { scope: { path: 'Shop/Other' } } });
    expect(entry(result)).toMatchObject({ state: 'stale', accepts: 0 });
    expect(said(result)[0]).toMatch(/RDS-01 no longer fails there \(construct Shop\/Other\)/);
  });

  it('is a finding when one of its rules is no longer needed, and answers for the others', () => {
    const sound = [rule('RDS-01'), rule('RDS-05', { check: () => pass() }), exceptionsAreInForce];
    const result = run({ record: { rules: ['RDS-01', 'RDS-05'] }, rules: sound });
    expect(finding(result)?.accepted?.by).toMatch(/^head of/);
    expect(entry(result)?.state).toBe('in force');
    expect(said(result)).toEqual([expect.stringMatching(/RDS-05 no longer fails there/)]);
  });

  it('is a finding when it names a rule that there is not, or a place that there is not', () => {
    expect(said(run({ record: { rules: ['RDS-99'] } }))[0]).toMatch(/RDS-99 is no rule that there is/);
    expect(said(run({ record: { scope: { stack: 'Gone' } } }))[0]).toMatch(/judges nothing in its scope/);
  });

  it('is a finding when it is broader than needed, with the scope that would do', () => {
    const result = run({ record: { scope: { stack: 'Shop' } } });
    expect(finding(result)?.accepted?.by).toMatch(/^head of/);
    expect(said(result)[0]).toMatch(
      /broader than needed: stack Shop holds what passes.* construct Shop\/Database/,
    );
    expect(exceptions(result)[0]?.fix).toBe('accept the risk for construct Shop/Database only');
  });

  it('is not broader than needed where nothing in its scope passes', () => {
    const failing = rule('RDS-01', { check: () => fail({ found: 'one', needed: 'two' }) });
    const result = run({ record: { scope: { stack: 'Shop' } }, rules: [failing, exceptionsAreInForce] });
    expect(exceptions(result).map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it('of a rule that another shows in its stead is told to accept that one', () => {
    const rules = [rule('RDS-05', { subsumes: ['RDS-01'] }), rule('RDS-01'), exceptionsAreInForce];
    const result = run({ rules });
    expect(said(result)[0]).toMatch(/RDS-01 is shown as RDS-05/);
    expect(exceptions(result)[0]?.fix).toBe('accept RDS-05 instead');
  });

  it('is shown where it is written', () => {
    const result = run({ day: '2027-04-01' });
    expect(exceptions(result)[0]).toMatchObject({
      stack: 'Shop',
      property: 'risk acceptance records/db.yaml',
      source: { file: 'records/db.yaml', line: 1 },
    });
  });

  it('of which another still holds is not missed', () => {
    const result = run({ records: [{ expires: '2027-01-20' }, {}] });
    expect(finding(result)?.accepted?.by).toMatch(/^head of/);
    expect(exceptions(result).map(({ verdict }) => verdict)).toEqual(['fail']);
  });

  it('is not known to hold when no day is given', () => {
    const { verdicts } = audit([graphOf({ Resources: { Db: database(false) } })], {
      rules: RULES,
      exceptions: {
        records: [{ ...RECORD, scope: { stack: 'app', resource: 'Db' }, source: { file: 'a', line: 1 } }],
      },
    });
    expect(verdicts.map(({ rule: id, verdict, accepted }) => [id, verdict, accepted])).toEqual([
      ['RDS-01', 'fail', undefined],
      ['RDS-05', 'fail', undefined],
      ['X-84', 'unknown', undefined],
    ]);
  });
});

describe('a risk accepted in code', () => {
  const acknowledgements = [{ path: 'Shop/Database', id: 'cdk-nines::RDS-01', reason: 'the move (owner …)' }];

  it('answers for its findings, and its own acknowledgement is not shown beside it', () => {
    const result = run({ records: [], inCode: [{}], acknowledgements });
    expect(finding(result)?.accepted).toMatchObject({ by: 'head of payments', until: '2027-03-31' });
    expect(result.register?.map(({ kind, id }) => [kind, id])).toEqual([
      ['risk acceptance', 'RDS-01 on construct Shop/Database'],
    ]);
  });

  it('answers for what its own stack builds, and for no other stack', () => {
    const acceptances = [{ ...RECORD, scope: { path: 'Shop' } }];
    const Metadata = { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [], acceptances } };
    const template = { Resources: { Db: database(false) } };
    const paths = { Db: 'Shop/Db' };
    const accepted = (stacks: Readonly<Record<string, TestStack>>) =>
      audit([graphOf({ stacks })], { rules: RULES, today: new Date('2027-02-01') })
        .verdicts.filter(({ rule: id }) => id === 'RDS-01')
        .map((verdict) => verdict.accepted !== undefined);
    const nested = { Child: { template, paths } };
    const carrier = { Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } }, Metadata };
    expect(accepted({ Shop: { template: carrier, nested } })).toEqual([true]);
    expect(accepted({ Other: { template: { Resources: {}, Metadata } }, Shop: { template, paths } })).toEqual(
      [false],
    );
  });

  it('that has expired leaves nothing to its acknowledgement', () => {
    const result = run({ records: [], inCode: [{}], acknowledgements, day: '2027-04-01' });
    expect(finding(result)).toMatchObject({ refused: 'it expired on 2027-03-31' });
    expect(finding(result)?.accepted).toBeUndefined();
  });
});

describe('a bare acknowledgement', () => {
  const acknowledgements = [{ path: 'Shop/Database', id: 'cdk-nines::RDS-01', reason: 'internal' }];

  it('hides neither what the rule on exceptions finds, nor what is refused', () => {
    const named = ['cdk-nines::X-84', 'cdk-nines::RDS-01[refused]'].map((id) => ({
      path: 'Shop',
      id,
      reason: 'it is in the way',
    }));
    const result = run({ records: [], acknowledgements: [...acknowledgements, ...named] });
    const exceptions = result.verdicts.filter(({ rule, verdict }) => rule === 'X-84' && verdict === 'fail');
    expect(exceptions).toHaveLength(3);
    expect(exceptions.every(({ accepted, refused }) => !accepted && refused !== undefined)).toBe(true);
    expect(
      result.register?.filter(({ state }) => state === 'refused').map(({ id, problems }) => [id, problems]),
    ).toEqual([
      [
        'RDS-01[refused] on construct Shop',
        ['a finding whose acceptance does not hold cannot be acknowledged'],
      ],
      ['X-84 on construct Shop', ['X-84 judges the exceptions and cannot be acknowledged']],
    ]);
  });

  it('hides its finding, and is one itself: it has no end and no approver', () => {
    const result = run({ records: [], acknowledgements });
    expect(finding(result)?.accepted).toEqual({ reason: 'internal' });
    expect(said(result)).toEqual([
      expect.stringMatching(
        /^acknowledgement RDS-01 on construct Shop\/Database: found it names no approver/,
      ),
    ]);
    expect(entry(result)).toMatchObject({ kind: 'acknowledgement', state: 'without end', accepts: 1 });
  });

  it('is a finding when it is no longer needed', () => {
    const stale = [{ path: 'Shop/Other', id: 'cdk-nines::RDS-01', reason: 'internal' }];
    expect(said(run({ records: [], acknowledgements: stale }))[0]).toMatch(/RDS-01 no longer fails there/);
  });

  it('hides nothing where signatures are asked for', () => {
    const result = run({ records: [], acknowledgements, options: { requireSignatures: true } });
    expect(finding(result)).toMatchObject({
      refused: 'it is only acknowledged, and tier 1 asks for a signature',
    });
    expect(entry(result)?.state).toBe('unsigned');
  });

  it('hides nothing where a record on the same finding has expired', () => {
    expect(finding(run({ acknowledgements, day: '2027-04-01' }))?.accepted).toBeUndefined();
  });

  it('of other packs is left alone', () => {
    const others = [{ path: 'Shop', id: 'AwsSolutions::RDS3', reason: 'x' }];
    expect(run({ records: [], acknowledgements: others }).register).toEqual([]);
  });
});

describe('the register', () => {
  it('lists all exceptions, sorted, with nothing that a terminal acts on', () => {
    const result = run({
      records: [{ reason: 'a\u001b[31m', ticket: 'Z' }, { scope: { stack: 'Gone' } }],
      inCode: [{}],
      acknowledgements: [{ path: 'Shop', id: 'cdk-nines::RDS-05', reason: 'b\u001b[0m' }],
    });
    expect(result.register?.map(({ kind, state }) => [kind, state])).toEqual([
      ['risk acceptance', 'in force'],
      ['risk acceptance', 'refused'],
      ['risk acceptance', 'stale'],
      ['acknowledgement', 'without end'],
    ]);
    const texts = result.register?.flatMap((each) => Object.values(each)).join();
    expect(texts).toContain('a\\u001b[31m');
    expect(texts).not.toContain('\u001b');
  });

  it('says in words how long an exception holds', () => {
    const words = (day: string) => entry(run({ day })) as RegisterEntry;
    expect(stateInWords(words('2027-03-19'))).toBe('in force, expires in 12 days');
    expect(stateInWords(words('2027-03-30'))).toBe('in force, expires in 1 day');
    expect(stateInWords(words('2027-03-31'))).toBe('in force, expires today');
    expect(stateInWords(words('2027-04-02'))).toBe('expired');
  });
});
