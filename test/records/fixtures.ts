import type { RiskAcceptanceRecord } from '../../lib/objectives/risk-acceptance';

/** A risk acceptance that is well formed and in force in February 2027. */
export const RECORD: RiskAcceptanceRecord = {
  rules: ['RDS-01'],
  scope: { path: 'Shop/Database' },
  reason: 'the move to Aurora ends in March',
  author: 'team-shop',
  owner: 'head of logistics',
  approver: 'head of payments',
  ticket: 'RISK-142',
  compensatingControl: 'a restore is rehearsed each week',
  created: '2027-01-10',
  expires: '2027-03-31',
};

/** The same as a person writes it. */
export const WRITTEN = `schema: cdk-nines.risk-acceptance/1
rules: [RDS-01]
scope:
  path: Shop/Database
reason: the move to Aurora ends in March
author: team-shop
owner: head of logistics
approver: head of payments
ticket: RISK-142
compensatingControl: a restore is rehearsed each week
created: 2027-01-10
expires: 2027-03-31
`;
