import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TierChoices } from '../governance/tier-choices';
import { VALIDATE_RESTORE } from './handler-bundles';
import { inlineHandler, letHandler } from './inline-handler';
import { RestoreTestType } from './restore-test-type';

/** What is validated. @internal */
interface Validated {
  readonly planArn: string;
  readonly contentCheck: IFunction | undefined;
  readonly deadLetters: Queue;
}

/** Looks at each restored resource and tells AWS Backup what it saw. @internal */
export class RestoreValidator extends Construct {
  readonly handler: Handler;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, choices: TierChoices, validated: Validated) {
    super(scope, id);
    const { planArn, contentCheck, deadLetters } = validated;
    this.handler = inlineHandler(this, choices, {
      code: VALIDATE_RESTORE,
      description: 'Looks at what a restore test restored',
      // Twenty looks, half a minute apart, and time to look inside.
      timeout: Duration.minutes(15),
      deadLetters,
      environment: contentCheck ? { CONTENT_CHECK: contentCheck.functionArn } : {},
      statements: [
        new PolicyStatement({ actions: ['backup:PutRestoreValidationResult'], resources: ['*'] }),
        ...(contentCheck ? [invoking(contentCheck)] : []),
      ],
    });
    this.rule = new Rule(this, 'Restored', {
      description: 'A restore test has restored something',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: { status: ['COMPLETED'], restoreTestingPlanArn: [planArn] },
      },
      targets: [
        new LambdaFunction(this.handler, {
          deadLetterQueue: deadLetters,
          retryAttempts: 10,
          // The longest there is: a test that nobody looked at counts as none.
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }

  /** Lets it look at what is restored of some types. */
  lookAt(types: readonly RestoreTestType[]): void {
    letHandler(this.handler, looks(this, types));
  }
}

/** No version or alias of it, so no wildcard. */
function invoking({ functionArn }: IFunction): PolicyStatement {
  return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] });
}

/** Restore tests give what they make names that start so, where names are given at all. */
const RESTORED = 'awsbackup-restore-test-*';

function looks(scope: Construct, types: readonly RestoreTestType[]): PolicyStatement[] {
  const { region, account } = Stack.of(scope);
  const at = (service: string, rest: string) =>
    `arn:${Aws.PARTITION}:${service}:${region}:${account}:${rest}`;
  const { AURORA, DOCUMENTDB, DYNAMODB, EBS, EC2, EFS, FSX, NEPTUNE, RDS, S3 } = RestoreTestType;
  const clusters = { action: 'rds:DescribeDBClusters', resource: at('rds', `cluster:${RESTORED}`) };
  const needed: Readonly<Record<RestoreTestType, readonly { action: string; resource: string }[]>> = {
    [AURORA]: [clusters],
    [DOCUMENTDB]: [clusters],
    [NEPTUNE]: [clusters],
    [RDS]: [clusters, { action: 'rds:DescribeDBInstances', resource: at('rds', `db:${RESTORED}`) }],
    [DYNAMODB]: [{ action: 'dynamodb:DescribeTable', resource: at('dynamodb', `table/${RESTORED}`) }],
    [EFS]: [
      { action: 'elasticfilesystem:DescribeFileSystems', resource: at('elasticfilesystem', 'file-system/*') },
    ],
    [FSX]: [{ action: 'fsx:DescribeFileSystems', resource: at('fsx', 'file-system/*') }],
    [S3]: [{ action: 's3:ListBucket', resource: `arn:${Aws.PARTITION}:s3:::${RESTORED}` }],
    // EC2 knows no narrower resource for what only describes.
    [EBS]: [{ action: 'ec2:DescribeVolumes', resource: '*' }],
    [EC2]: [{ action: 'ec2:DescribeInstances', resource: '*' }],
  };
  const all = types.flatMap((type) => needed[type]);
  const byAction = new Map(all.map((each) => [`${each.action} ${each.resource}`, each]));
  return [...byAction.values()].map(
    ({ action, resource }) => new PolicyStatement({ actions: [action], resources: [resource] }),
  );
}
