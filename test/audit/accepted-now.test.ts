import { acceptedNow, isAcceptedOn } from '../../lib/audit/accepted-now';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import type { RiskAcceptanceRecord } from '../../lib/objectives/risk-acceptance';
import { graphOf } from '../support/graph';

const ACKNOWLEDGED = [
  { id: 'cdk-nines::RDS-01', path: 'Shop/Db', reason: 'as ever' },
  { id: 'cdk-nines::X-84', path: 'Shop/Db', reason: 'judges the exceptions' },
  { id: 'AwsSolutions::RDS3', path: 'Shop/Db', reason: 'of another tool' },
];

const DB = { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MultiAZ: false } };

const graph = graphOf({
  stacks: {
    Shop: {
      region: 'eu-west-1',
      template: { Resources: { Db: DB, Other: DB } },
      paths: { Db: 'Shop/Db/Resource', Other: 'Shop/Other/Resource' },
      acknowledgements: ACKNOWLEDGED,
    },
  },
});

function filed(more: Partial<RiskAcceptanceRecord>) {
  const record: RiskAcceptanceRecord = {
    rules: ['RDS-01'],
    scope: { path: 'Shop/Other' },
    reason: 'until the move',
    author: 'team-shop',
    owner: 'head of logistics',
    approver: 'head of payments',
    ticket: 'RISK-142',
    compensatingControl: 'a restore is rehearsed',
    created: '2026-11-01',
    expires: '2026-12-01',
    ...more,
  };
  return { ...record, source: { file: `${record.reason}.yaml`, line: 1 } };
}

function acceptedOf(today: string, ...records: ReturnType<typeof filed>[]) {
  const { accepted = [] } = audit([graph], {
    rules: RULES,
    today: new Date(`${today}T00:00:00Z`),
    exceptions: { records },
  });
  return accepted;
}

describe('what is accepted today', () => {
  test('has what answers for a finding, and what answers for none', () => {
    const accepted = acceptedOf(
      '2026-11-23',
      filed({}),
      filed({ rules: ['DDB-01'], reason: 'no table yet' }),
    );
    expect(accepted.map(({ reason, answers }) => [reason, answers > 0])).toEqual([
      ['until the move', true],
      ['no table yet', false],
      ['as ever', true],
    ]);
  });

  test('has nothing that has ended, has not begun or is refused, nor acknowledgements of others', () => {
    const reasons = (today: string, more = {}) => acceptedOf(today, filed(more)).map(({ reason }) => reason);
    expect(reasons('2026-12-02')).toEqual(['as ever']);
    expect(reasons('2026-10-31')).toEqual(['as ever']);
    expect(reasons('2026-11-23', { approver: 'team-shop' })).toEqual(['as ever']);
  });

  test('speaks of what it is accepted on', () => {
    const [inFile, inCode] = acceptedOf('2026-11-23', filed({}));
    const on = (id: string) => {
      const resource = graph.resources.find(({ logicalId }) => logicalId === id);
      return [inFile, inCode].map((each) => each && resource && isAcceptedOn(each, resource, 'shop'));
    };
    expect(on('Db')).toEqual([false, true]);
    expect(on('Other')).toEqual([true, false]);
    const [ofService] = acceptedOf('2026-11-23', filed({ scope: { service: 'shop' } }));
    const [resource] = graph.resources;
    if (!ofService || !resource) throw new Error('nothing is accepted');
    expect(['shop', 'mail', undefined].map((name) => isAcceptedOn(ofService, resource, name))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is nothing where nothing is said', () => {
    const settlement = {
      acceptances: [],
      answered: new Map(),
      unsigned: new Set<object>(),
      wasRun: () => true,
      answer: () => {
        throw new Error('nothing is judged');
      },
    };
    expect(acceptedNow([graphOf({ Resources: { Db: DB } })], settlement)).toEqual([]);
  });
});
