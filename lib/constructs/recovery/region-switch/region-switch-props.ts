import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { TieredProps } from '../../governance/tier-choices';
import type { SwitchAlarm, SwitchTrigger } from './switch-alarm';
import type { SwitchStep } from './switch-step';
import type { SwitchWorkflow } from './switch-workflow';

/** A role through which a plan reaches what lies in another account. */
export interface CrossAccountRole {
  /** The role, by its full ARN. It must trust the execution role of the plan. */
  readonly roleArn: string;

  /**
   * What the role asks for from those who assume it. It ends up in the template.
   *
   * @default - nothing
   */
  readonly externalId?: string;
}

/** Properties of a {@link RegionSwitch}. */
export interface RegionSwitchProps extends TieredProps {
  /**
   * What is done to bring a region up, in any order: people come first, then databases, then capacity, then your own
   * functions and commands in the order given, and traffic last.
   *
   * @default - `workflows` say it
   */
  readonly steps?: readonly SwitchStep[];

  /**
   * Workflows in your own order, instead of `steps`.
   *
   * @default - from `steps`, for each region
   */
  readonly workflows?: readonly SwitchWorkflow[];

  /**
   * What is done once the switch is over, so that there is a way back: a new replica, the old region cleared.
   *
   * @default - nothing
   */
  readonly postRecovery?: readonly SwitchStep[];

  /**
   * Whether a switch may lose data, so that people decide.
   *
   * @default - true where one region waits, and where a step switches a database
   */
  readonly stateful?: boolean;

  /**
   * How many people must approve, one after the other, each with a role of their own.
   *
   * @default - 2 and 1 at tiers 0 and 1 where a switch may lose data, else none
   */
  readonly approvals?: number;

  /**
   * How long the plan waits for each of them, in whole minutes.
   *
   * @default - 15 min, or less where the recovery time objective of the region leaves less
   */
  readonly approvalTimeout?: Duration;

  /**
   * The roles that approve, by their full ARNs with path: one for each approval, none twice.
   *
   * @default - roles are made here, that may do nothing else
   */
  readonly approvalRoleArns?: readonly string[];

  /**
   * Who may take the roles that are made here: one for each approval.
   *
   * @default - whoever the administrators of the account let
   */
  readonly approvers?: readonly IPrincipal[];

  /**
   * Alarms on what users see, in each region. They say when a region is well, and so how long the switch took. They start
   * nothing.
   *
   * @default - none: the report has no actual recovery time
   */
  readonly healthAlarms?: readonly SwitchAlarm[];

  /**
   * When the plan starts by itself.
   *
   * @default - never: a person starts it
   */
  readonly triggers?: readonly SwitchTrigger[];

  /**
   * How long it takes until somebody or something starts the plan.
   *
   * @default - what the health checks of the tier take at their worst: 40 s at tier 0, else 2 min; where no trigger starts
   * the plan of a region that waits, an alarm of 4 min and the 15 min in which a person takes the call
   */
  readonly detection?: Duration;

  /**
   * Whether Region switch compares the service quotas of the two regions that the steps use, and warns in the evaluation
   * of the plan where one region could take over less than the other has.
   *
   * @default true
   */
  readonly serviceQuotaChecks?: boolean;

  /**
   * A bucket for the reports, in the account and region of the plan, whose name has no dots.
   *
   * @default - one is made that keeps reports for a year against deletion
   */
  readonly reportBucket?: IBucket;

  /**
   * Roles in accounts that hold something that a step touches. Those of the accounts of the two regions are made here.
   *
   * @default - none
   */
  readonly crossAccountRoles?: readonly CrossAccountRole[];
}
