import { Stack } from 'aws-cdk-lib/core';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { ApprovalTeam } from '../../lib/constructs/recovery/approval-team';
import type { Pattern } from '../support/pattern';

const identityCenterArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const approverIds = ['a', 'b', 'c'].map((letter) => `9067-${letter}-4f0c`);

export const approvalTeam: Pattern = {
  construct: 'ApprovalTeam',
  build: () => {},
  buildApp: (app, service, { accounts, nonProduction = false }) => {
    const stack = new Stack(app, 'Approvals', { env: { account: accounts[1], region: 'us-east-1' } });
    declareService(stack, service, { nonProduction });
    // minimal
    new ApprovalTeam(stack, 'Team', { identityCenterArn, approverIds });
    // end
  },
};
