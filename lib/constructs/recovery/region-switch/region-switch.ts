import { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { HealthCheck, type IHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FailoverSum } from '../../../calculus/failover-time';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { TierChoices } from '../../governance/tier-choices';
import { claimMove } from '../../traffic/record-claims';
import { chooseQuotaChecks, quotaPermissions, writeQuotaChecks } from './quota-checks';
import type { RegionSwitchProps } from './region-switch-props';
import { newReportBucket, reportPermissions } from './report-bucket';
import { alarmPermissions, associatedAlarms, renderTriggers } from './switch-alarm';
import { type SwitchDesign, switchDesign } from './switch-design';
import { accessRole, allowApproval, approvalRole, executionRole } from './switch-roles';
import { type PlanSite, planSite } from './switch-site';
import { renderWorkflow } from './switch-workflow';
import { unwrittenStepMistakes } from './unwritten-steps';

/**
 * A plan that moves a service from one region to another: Application Recovery Controller runs it, in the region that
 * takes over, whether or not the other one answers.
 *
 * Place it in the stack of each region, with the same id and properties. The stack of the region that is not the primary
 * holds the plan, its role and its reports; where the other region has an account of its own, its stack holds the role
 * through which the plan reaches it. Everything is named in words, so nothing is read from the other region.
 *
 * @throws ConfigurationError when a step does not fit the two regions, fewer people approve than the tier owes, a record
 * that it moves does not follow it, or everything together at its worst takes longer than the region may be lost; the sum is shown
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html
 */
export class RegionSwitch extends Construct {
  /** The name of the plan, the same in both regions. AWS adds six characters to it in the ARN. */
  readonly planName: string;

  /** The region whose stack holds the plan. */
  readonly planRegion: string;

  /** The role that the plan acts with, by its ARN: for the access entries of EKS clusters, and roles of other accounts. */
  readonly executionRoleArn: string;

  /** The longest that a switch takes, term by term: the slower of the workflows. */
  readonly switchTime: FailoverSum;

  /** The plan; `undefined` in the stack of the other region. */
  readonly plan: CfnPlan | undefined;

  /** Where its reports go; `undefined` in the stack of the other region. */
  readonly reportBucket: IBucket | undefined;

  /** The roles for those who approve; none in the stack of the other region, or where roles are given. */
  readonly approvalRoles: readonly Role[];

  /** What the plan does in this account with, where that account is not its own. */
  readonly accessRole: Role | undefined;

  private readonly moved: { readonly recordNames: readonly string[]; readonly regions: readonly string[] };

  constructor(scope: Construct, id: string, props: RegionSwitchProps) {
    super(scope, id);
    const choices = new TierChoices(this, props, { known: ['approvals'] });
    const site = planSite(this, props.crossAccountRoles ?? []);
    const isHome = site.here.region === site.home.region;
    const design = switchDesign(this, choices, site, props);
    for (const move of design.moves) claimMove(this, move);
    this.planName = design.planName;
    this.planRegion = site.home.region;
    this.executionRoleArn = site.executionRoleArn;
    this.switchTime = design.longest;
    this.moved = { recordNames: design.recordNames, regions: site.regions };
    this.approvalRoles = isHome ? this.newApprovalRoles(design, props) : [];
    const timed = design.timed(this.approvalRoles.map(({ roleArn }) => roleArn));
    const steps = timed.workflows.flatMap(({ blocks }) => blocks.flatMap((each) => each.permissions(site)));
    const checksQuotas = chooseQuotaChecks(choices, props.serviceQuotaChecks);
    const permissions = [...steps, ...alarmPermissions(design.alarms)];
    this.accessRole = isHome ? undefined : accessRole(this, site, permissions);
    if (!isHome) return;
    this.reportBucket = props.reportBucket ?? newReportBucket(this, choices);
    const role = executionRole(this, site, design.planName, [
      ...permissions,
      ...reportPermissions(this.reportBucket, design.planName),
      ...quotaPermissions(checksQuotas),
    ]);
    this.plan = new CfnPlan(this, 'Plan', {
      name: design.planName,
      description: design.description,
      executionRole: role.roleArn,
      recoveryApproach: site.bothServe ? 'activeActive' : 'activePassive',
      regions: [...site.regions],
      ...(!site.bothServe && site.primary !== undefined && { primaryRegion: site.primary }),
      recoveryTimeObjectiveMinutes: design.rtoMinutes,
      associatedAlarms: associatedAlarms(design.alarms, site),
      triggers: renderTriggers(design.alarms.triggers, site.regions, site.bothServe),
      workflows: timed.workflows.map((each) => renderWorkflow(each, site, timed.minutes(each))),
      reportConfiguration: this.reports(site, this.reportBucket),
    });
    writeQuotaChecks(this.plan, checksQuotas);
    // The first evaluation of the plan asks whether its role may do what the steps need.
    const policy = role.node.tryFindChild('DefaultPolicy');
    if (policy) this.plan.node.addDependency(policy);
    this.refuseUnwritten(this.plan);
    allowApproval(this.approvalRoles, this.plan);
    this.sayHealthChecks();
  }

  /**
   * The health check that the plan made for a region, for `switchedBy` of the DNS of that region: a plan whose checks no
   * record follows moves nothing.
   *
   * @param region one of the two
   * @param recordName where steps move several records, which one
   * @throws ConfigurationError in the stack of the other region, where the id must be written in words; and where no step
   * moves the record
   */
  healthCheckOf(region: string, recordName?: string): IHealthCheck {
    refuse(this.node.path, this.checkMistakes(region, recordName));
    const id = `HealthCheck-${recordName === undefined ? '' : `${recordName}-`}${region}`;
    const known = this.node.tryFindChild(id);
    if (known) return known as unknown as IHealthCheck;
    return HealthCheck.fromHealthCheckId(this, id, this.healthCheckId(region, recordName));
  }

  private newApprovalRoles(
    { gates }: SwitchDesign,
    { approvalRoleArns, approvers }: RegionSwitchProps,
  ): Role[] {
    if (approvalRoleArns) return [];
    return Array.from({ length: gates }, (_, index) => approvalRole(this, index, approvers?.[index]));
  }

  private reports(site: PlanSite, bucket: IBucket): CfnPlan.ReportConfigurationProperty {
    const s3Configuration = {
      bucketOwner: site.account,
      bucketPath: `${bucket.bucketName}/${this.planName}`,
    };
    return { reportOutput: [{ s3Configuration }] };
  }

  private refuseUnwritten(plan: CfnPlan): void {
    const validate = (): string[] => {
      const { Resources = {} } = Stack.of(plan).resolve(plan._toCloudFormation());
      refuse(this.node.path, unwrittenStepMistakes(Object.values(Resources)));
      return [];
    };
    this.node.addValidation({ validate });
  }

  private checkMistakes(region: string, recordName: string | undefined): Mistake[] {
    const { recordNames, regions } = this.moved;
    if (!this.plan) {
      return [
        {
          problem: `the plan is in the stack of ${this.planRegion}, and so are its health checks`,
          fix: `deploy ${this.planRegion} first, and write the id here that its output HealthCheck for ${region} says`,
        },
      ];
    }
    if (!regions.includes(region)) {
      return [{ problem: `the plan has no region ${region}`, fix: `ask for ${regions.join(' or ')}` }];
    }
    if (recordName === undefined ? recordNames.length === 1 : recordNames.includes(recordName)) return [];
    return [
      {
        problem: `the plan moves ${recordNames.join(', ') || 'no record'}, not ${recordName ?? 'one record alone'}`,
        fix:
          recordNames.length === 0
            ? 'add SwitchStep.route53HealthCheck to its steps'
            : `ask for ${recordNames.join(' or ')}`,
      },
    ];
  }

  /**
   * The plan lists its checks as `<zone>:<record>:<region>:<check>`, in an order that AWS does not say. So the one is taken
   * that follows its region, wherever it stands.
   */
  private healthCheckId(region: string, recordName = ''): string {
    const all = Fn.join(',', this.plan?.attrPlanHealthChecks ?? []);
    const afterRegion = Fn.select(1, Fn.split(`${recordName}:${region}:`, all));
    return Fn.select(0, Fn.split(',', afterRegion));
  }

  /** For the other region, whose stack can read nothing from here. */
  private sayHealthChecks(): void {
    const { recordNames, regions } = this.moved;
    for (const [index, recordName] of recordNames.entries()) {
      for (const region of regions) {
        new CfnOutput(this, `HealthCheck${index === 0 ? '' : index + 1}In${region}`, {
          description: `The health check that ${recordName} of ${region} must follow`,
          value: this.healthCheckId(region, recordNames.length === 1 ? undefined : recordName),
        });
      }
    }
  }
}
