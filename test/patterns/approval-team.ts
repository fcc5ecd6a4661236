import { type App, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { ApprovalTeam } from '../../lib/constructs/recovery/approval-team';
import type { Service } from '../../lib/objectives/service';
import type { Pattern, Surroundings } from '../support/pattern';

const identityCenterArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const people = ['a', 'b', 'c', 'd'].map((letter) => `9067-${letter}-4f0c`);

interface Options {
  readonly region: string;
  readonly approvers: number;
  readonly minimumApprovals: number;
}

export const approvalTeam: Pattern<Options> = {
  construct: 'ApprovalTeam',
  tierDecidesNothing:
    'how many people must agree protects the backups of every tier alike: one person alone must never open the vault, and one who is away must not stop everything',
  build: () => {},
  buildApp: (app, service, around) => {
    const stack = approvals(app, service, around);
    const approverIds = people.slice(0, 3);
    // minimal
    new ApprovalTeam(stack, 'Team', { identityCenterArn, approverIds });
    // end
  },
  options: fc.record({
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    approvers: fc.integer({ min: 0, max: 4 }),
    minimumApprovals: fc.integer({ min: 0, max: 4 }),
  }),
  buildAppWith: (app, service, { region, approvers, minimumApprovals }, around) => {
    const stack = approvals(app, service, around, region);
    const approverIds = people.slice(0, approvers);
    new ApprovalTeam(stack, 'Team', { identityCenterArn, approverIds, minimumApprovals });
  },
};

/** The stack of the backup account in the region that has teams. */
function approvals(app: App, service: Service, around: Surroundings, region = 'us-east-1'): Stack {
  const { accounts, nonProduction = false } = around;
  const stack = new Stack(app, 'Approvals', {
    env: { account: accounts[1], region },
    terminationProtection: true,
  });
  declareService(stack, service, { nonProduction });
  return stack;
}
