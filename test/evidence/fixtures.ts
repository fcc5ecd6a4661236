import type { OtherFinding } from '../../lib/audit/other-findings';
import type { RegisterEntry } from '../../lib/audit/register';
import type { Rule } from '../../lib/audit/rule';
import { HIGH, LOW } from '../../lib/audit/severity';
import type { Verdict } from '../../lib/audit/verdict';
import type { Evidence, Renderer } from '../../lib/evidence/evidence';

const controls = Array.from({ length: 30 }, (_, index) => ({ framework: `F${index % 9}`, id: `${index}` }));

export const rules = [
  {
    id: 'RDS-01',
    title: 'Databases survive.',
    kind: 'redundancy',
    why: 'A zone may go.',
    fix: 'set multiAz: true',
    severity: HIGH,
    controls,
    sources: ['https://docs.aws.amazon.com/rds'],
  },
  {
    id: 'ELB-06',
    title: 'Balancers stay.',
    kind: 'protection',
    why: 'People err.',
    fix: 'protect it',
    severity: LOW,
  },
] as unknown as readonly Rule[];

export function verdict(more: Partial<Verdict> = {}): Verdict {
  return {
    rule: 'RDS-01',
    verdict: 'fail',
    severity: 'error',
    stack: 'Shop',
    app: 'cdk.out',
    file: 'cdk.out/Shop.template.json',
    logicalId: 'Db',
    type: 'AWS::RDS::DBInstance',
    account: '123456789012',
    region: 'eu-west-1',
    constructPath: 'Shop/Db/Resource',
    property: 'MultiAZ',
    tier: 1,
    service: 'shop',
    message: 'MultiAZ: found false, needs true',
    fix: 'set multiAz: true',
    controls: ['F0 0'],
    ...more,
  };
}

export function otherFinding(more: Partial<OtherFinding> = {}): OtherFinding {
  return {
    tool: 'AwsSolutions',
    rule: 'AwsSolutions-S1',
    verdict: 'fail',
    severity: 'error',
    message: 'The S3 Bucket has server access logs disabled.',
    constructPath: 'Shop/Data/Resource',
    file: 'cdk.out/Shop.template.json',
    ...more,
  };
}

export const exception: RegisterEntry = {
  kind: 'risk acceptance',
  id: 'records/db.yaml',
  rules: ['RDS-01'],
  scope: 'construct Shop/Db',
  reason: 'until the move',
  state: 'in force',
  daysLeft: 12,
  approver: 'head of payments',
  expires: '2027-01-31',
  accepts: 1,
  problems: [],
  source: { file: 'records/db.yaml', line: 1 },
};

/** One verdict of each kind, and a finding of two more severities. */
export const mixed: readonly Verdict[] = [
  verdict({ rule: 'ELB-06', severity: 'info', constructPath: 'Shop/Front', logicalId: 'Front' }),
  verdict({ verdict: 'pass', constructPath: 'Shop/Good', logicalId: 'Good', message: 'Databases survive.' }),
  verdict({ verdict: 'notApplicable', logicalId: 'Aurora', constructPath: 'Shop/Aurora', message: 'no' }),
  verdict({
    verdict: 'unknown',
    logicalId: 'Later',
    constructPath: 'Shop/Later',
    message: 'MultiAZ: a token',
  }),
  verdict({
    logicalId: 'Old',
    constructPath: 'Shop/Old',
    accepted: { reason: 'until the move', by: 'head of payments', until: '2027-01-31' },
  }),
  verdict({ rule: 'ELB-06', severity: 'warning', logicalId: 'Side', constructPath: 'Shop/Side' }),
  verdict({ source: { file: 'lib/shop.ts', line: 12 } }),
  verdict({ subsumedBy: 'ELB-06', logicalId: 'Twin', constructPath: 'Shop/Twin' }),
];

export function evidence(verdicts: readonly Verdict[], more: Partial<Evidence> = {}): Evidence {
  return {
    result: { verdicts, engineErrors: [] },
    rules,
    version: '1.2.3',
    at: new Date('2026-11-22T10:00:00.000Z'),
    ...more,
  };
}

export function textOf(renderer: Renderer, given: Evidence): string {
  return [...renderer(given)].join('');
}
