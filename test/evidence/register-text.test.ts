import type { RegisterEntry } from '../../lib/audit/register';
import type { Rule } from '../../lib/audit/rule';
import type { Evidence } from '../../lib/evidence/evidence';
import { json } from '../../lib/evidence/json';
import { text } from '../../lib/evidence/text';

const ENTRY: RegisterEntry = {
  kind: 'risk acceptance',
  id: 'records/db.yaml',
  rules: ['RDS-01'],
  scope: 'construct Shop/Database',
  reason: 'the move to Aurora ends in March',
  author: 'team-shop',
  owner: 'head of logistics',
  approver: 'head of payments',
  ticket: 'RISK-142',
  compensatingControl: 'a restore is rehearsed each week',
  created: '2027-01-10',
  expires: '2027-03-31',
  state: 'in force',
  daysLeft: 12,
  signature: 'verified',
  accepts: 1,
  problems: [],
  source: { file: 'records/db.yaml', line: 1 },
};

const evidence = (...register: readonly RegisterEntry[]): Evidence => ({
  result: { verdicts: [], engineErrors: [] },
  rules: [] as readonly Rule[],
  version: '1.2.3',
  at: new Date('2027-03-19T12:00:00Z'),
  register,
});

const rendered = (...register: readonly RegisterEntry[]) => [...text(evidence(...register))].join('');

describe('the register of exceptions in text', () => {
  it('says what holds, until when, who answers for it and where it is written', () => {
    expect(rendered(ENTRY)).toContain(
      [
        'Exceptions',
        '  in force, expires in 12 days  risk acceptance of RDS-01 on construct Shop/Database  records/db.yaml:1',
        '    owner head of logistics, author team-shop, approved by head of payments, RISK-142, signature verified, answers for 1: the move to Aurora ends in March',
        '',
      ].join('\n'),
    );
  });

  it('says what is wrong and what to do about it', () => {
    const problems = ['it expired on 2027-03-31', 'RDS-01 no longer fails there'];
    const { source: _, ...inCode } = ENTRY;
    expect(rendered({ ...inCode, state: 'expired', daysLeft: -2, problems, fix: 'renew it' })).toMatch(
      / {2}expired {2}risk acceptance of .*\n.*\n {4}it expired on 2027-03-31\n {4}RDS-01 no longer.*\n {4}fix: renew it\n/,
    );
  });

  it('is not there where there is nothing in it', () => expect(rendered()).not.toContain('Exceptions'));
});

describe('the register of exceptions in JSON', () => {
  it('has every field, and stands there when it is empty', () => {
    const parsed = (...register: readonly RegisterEntry[]) =>
      JSON.parse([...json(evidence(...register))].join(''));
    expect(parsed(ENTRY).register).toEqual([ENTRY]);
    expect(parsed().register).toEqual([]);
  });
});
