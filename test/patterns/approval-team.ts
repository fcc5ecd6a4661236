import fc from 'fast-check';
import { AirGappedVault } from '../../lib/constructs/recovery/air-gapped-vault';
import { ApprovalTeam } from '../../lib/constructs/recovery/approval-team';
import type { Pattern } from '../support/pattern';

const identityCenterArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const people = ['a', 'b', 'c', 'd'].map((letter) => `9067-${letter}-4f0c`);

interface Options {
  readonly approvers: number;
  readonly minimumApprovals: number;
}

export const approvalTeam: Pattern<Options> = {
  construct: 'ApprovalTeam',
  build: (stack) => {
    const approverIds = people.slice(0, 3);
    // minimal
    const approvalTeam = new ApprovalTeam(stack, 'Team', { identityCenterArn, approverIds });
    new AirGappedVault(stack, 'AirGapped', { approvalTeam });
    // end
  },
  options: fc.record({
    approvers: fc.integer({ min: 0, max: 4 }),
    minimumApprovals: fc.integer({ min: 0, max: 4 }),
  }),
  buildWith: (stack, { approvers, minimumApprovals }) => {
    const approverIds = people.slice(0, approvers);
    new ApprovalTeam(stack, 'Team', { identityCenterArn, approverIds, minimumApprovals });
  },
};
