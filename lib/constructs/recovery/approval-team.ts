import { CfnApprovalTeam, CfnIdentitySource } from 'aws-cdk-lib/aws-mpa';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse, repeated } from '../../objectives/mistakes';
import { refuseLeftOpen } from '../governance/left-open';
import { sharedName } from '../region/membership';

/** Properties of an {@link ApprovalTeam}. */
export interface ApprovalTeamProps {
  /** The instance of IAM Identity Center that knows the approvers: `arn:aws:sso:::instance/ssoins-…`. */
  readonly identityCenterArn: string;

  /**
   * The region of that instance.
   *
   * @default - the region of the stack
   */
  readonly identityCenterRegion?: string;

  /** The users of IAM Identity Center who may agree, by their ids; one more than must agree at least. */
  readonly approverIds: string[];

  /**
   * How many of them must agree.
   *
   * @default 2
   */
  readonly minimumApprovals?: number;
}

/**
 * People of whom several must agree before somebody gets at an air-gapped vault from another account: M of N, with AWS
 * Multi-party approval. It guards access to the vault, not its key. Multi-party approval is in us-east-1 only, for vaults
 * in all regions: give the ARN of the team to the vault as text.
 *
 * @throws ConfigurationError outside us-east-1, or when one person could agree alone, or one who is away could stop
 * everything
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/multipartyapproval.html
 */
export class ApprovalTeam extends Construct {
  readonly identitySource: CfnIdentitySource;
  readonly team: CfnApprovalTeam;
  readonly teamArn: string;

  constructor(scope: Construct, id: string, props: ApprovalTeamProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'identityCenterArn', 'approverIds'));
    refuseLeftOpen(this.node.path, props, { known: ['minimumApprovals'] });
    const { identityCenterArn, approverIds, minimumApprovals = 2 } = props;
    refuse(this.node.path, [
      ...regionMistakes(Stack.of(this).region),
      ...approverMistakes(approverIds, minimumApprovals),
    ]);
    this.identitySource = new CfnIdentitySource(this, 'IdentitySource', {
      identitySourceParameters: {
        iamIdentityCenter: {
          instanceArn: identityCenterArn,
          region: props.identityCenterRegion ?? Stack.of(this).region,
        },
      },
    });
    this.team = new CfnApprovalTeam(this, 'Team', {
      name: sharedName(this, 64),
      description: 'Agree that another account gets at backups in a logically air-gapped vault',
      approvalStrategy: { mofN: { minApprovalsRequired: minimumApprovals } },
      approvers: approverIds.map((primaryIdentityId) => ({
        primaryIdentityId,
        primaryIdentitySourceArn: this.identitySource.attrIdentitySourceArn,
      })),
      policies: [{ policyArn: SHARING_OF_VAULTS }],
    });
    this.teamArn = this.team.attrArn;
  }
}

/** The documents of AWS write it with fewer colons; the service and the schema of CloudFormation want these. */
const SHARING_OF_VAULTS = 'arn:aws:mpa:::aws:policy/backup.amazonaws.com/CreateRestoreAccessVault/$DEFAULT';

/** The region that has Multi-party approval, by the schemas of CloudFormation of 2026-11. */
const ITS_REGION = 'us-east-1';

function regionMistakes(region: string): Mistake[] {
  if (Token.isUnresolved(region) || region === ITS_REGION) return [];
  return [
    {
      problem: `the stack is in ${region}, but Multi-party approval is in ${ITS_REGION} only`,
      fix: `build the team in a stack in ${ITS_REGION}, and give its ARN to the vault as approvalTeamArn`,
    },
  ];
}

function approverMistakes(approvers: readonly string[], minimum: number): Mistake[] {
  const mistakes: Mistake[] = repeated(approvers.filter((each) => !Token.isUnresolved(each))).map(
    (twice) => ({
      problem: `approver ${twice} is named twice, and would count once`,
      fix: 'name each person once',
    }),
  );
  if (minimum < 2) {
    mistakes.push({
      problem: `minimumApprovals is ${minimum}: one person alone could open the vault`,
      fix: 'set minimumApprovals to 2 or more',
    });
  }
  if (approvers.length <= minimum) {
    mistakes.push({
      problem: `${approvers.length} approvers, of whom ${minimum} must agree: one who is away stops everything`,
      fix: `name ${minimum + 1} approvers or more`,
    });
  }
  return mistakes;
}
