import { type CfnRestoreTestingPlan, CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup';
import { CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { REBUILDABLE_TAG } from './data-class-tag';
import type { RestoreNetwork } from './isolated-network';
import { IN_SUBNET_GROUP, restoreMetadata } from './restore-metadata';
import type { RestoreTestType } from './restore-test-type';
import type { RestoreTestingProps } from './restore-testing-props';

/** What is restored, and where to. @internal */
interface Restored {
  readonly types: readonly RestoreTestType[];
  readonly service: string;
  readonly roleArn: string;
  readonly network: RestoreNetwork | undefined;
  readonly overrides: NonNullable<RestoreTestingProps['restoreMetadata']>;
  readonly validationHours: number;
}

/** One selection for each type: each has metadata of its own. @internal */
export function restoreSelections(
  scope: Construct,
  plan: CfnRestoreTestingPlan,
  restored: Restored,
): CfnRestoreTestingSelection[] {
  const { types, service, roleArn, network, overrides, validationHours } = restored;
  const subnetGroup =
    network && types.some((type) => IN_SUBNET_GROUP.includes(type)) && subnets(scope, network);
  const selections = new Construct(scope, 'Selections');
  return types.map((type) => {
    const metadata = { ...restoreMetadata(type, network, subnetGroup || undefined), ...overrides[type] };
    const selection = new CfnRestoreTestingSelection(selections, type, {
      restoreTestingPlanName: plan.restoreTestingPlanName,
      restoreTestingSelectionName: `${type}_of_${service}`.replace(/[^a-zA-Z0-9]+/g, '_').slice(0, 50),
      protectedResourceType: type,
      protectedResourceArns: ['*'],
      protectedResourceConditions: {
        stringEquals: [{ key: 'aws:ResourceTag/resilience:service', value: service }],
        stringNotEquals: [{ key: `aws:ResourceTag/${REBUILDABLE_TAG}`, value: 'true' }],
      },
      iamRoleArn: roleArn,
      validationWindowHours: validationHours,
      ...(Object.keys(metadata).length > 0 && { restoreMetadataOverrides: metadata }),
    });
    // The name alone is no reference.
    selection.addResourceDependency(plan);
    return selection;
  });
}

function subnets(scope: Construct, { subnetIds }: RestoreNetwork): string {
  const group = new CfnDBSubnetGroup(scope, 'Subnets', {
    dbSubnetGroupDescription: 'Restored copies of databases',
    subnetIds: [...subnetIds],
  });
  return group.ref;
}
