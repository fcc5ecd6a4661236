import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import type { Decided } from '../../../objectives/policy/decided';
import type { TierChoices } from '../../governance/tier-choices';
import { newerThanLinters } from '../../observe/new-properties';
import type { SwitchPermission } from './switch-block';

/** Whether Region switch compares the quotas of the two regions. @internal */
export function chooseQuotaChecks(choices: TierChoices, chosen: boolean | undefined): boolean {
  return choices.on({ what: 'serviceQuotaChecks', owed: CHECKED, chosen });
}

/** Says so in the plan: one that was made before there were such checks keeps them off unless told. @internal */
export function writeQuotaChecks(plan: CfnPlan, enabled: boolean): void {
  // The CDK knows the property since 2.276.
  plan.addPropertyOverride('ServiceQuotaChecksEnabled', enabled);
  newerThanLinters(plan);
}

/** What the check reads; that these two are all is assumed. @internal */
export function quotaPermissions(enabled: boolean): readonly SwitchPermission[] {
  if (!enabled) return [];
  return [
    { actions: ['servicequotas:GetServiceQuota', 'servicequotas:ListServiceQuotas'], resources: ['*'] },
  ];
}

const CHECKED: Decided<boolean> = {
  value: true,
  because: 'quotas that were raised in one region only let the other take over too little',
  source: 'https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-service-quota-checks.html',
};
