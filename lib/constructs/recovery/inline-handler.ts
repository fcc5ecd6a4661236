import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Handler, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, type Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { keptLogs } from '../governance/log-group';
import { acknowledgeControls, acknowledgeInlinePolicy, acknowledgeNag } from '../governance/nag';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';

/** A function of this package. @internal */
interface InlineHandler {
  /** The bundled source: it stands in the template, so that nothing is uploaded. */
  readonly code: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly deadLetters: Queue;
  readonly environment: Record<string, string>;

  /** What it may do. */
  readonly statements: readonly PolicyStatement[];

  /**
   * Why some of it is no single resource.
   *
   * @default - as it is with restored resources
   */
  readonly whyWide?: string;
}

/** @internal */
export function inlineHandler(scope: Construct, choices: TierChoices, props: InlineHandler): Handler {
  const { code, description, timeout, deadLetters, environment, statements, whyWide } = props;
  const logGroup = keptLogs(scope, 'Logs', choices);
  // Its log says for whom it worked.
  const SERVICE = ServiceScope.of(scope)?.service.name;
  const handler = new Handler(scope, 'Handler', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(code),
    description,
    timeout,
    memorySize: 256,
    environment: { ...environment, ...(SERVICE !== undefined && { SERVICE }) },
    logGroup,
    tracing: Tracing.ACTIVE,
    deadLetterQueue: deadLetters,
    // Says which answer failed, where a dead letter holds the event alone.
    onFailure: new SqsDestination(deadLetters),
    retryAttempts: 2,
    // A few tests end at a time; without a bound a storm of events would take from all functions of the account.
    reservedConcurrentExecutions: 10,
  });
  if (handler.role) acknowledgeRole(handler.role);
  letHandler(handler, statements, whyWide);
  acknowledgeControls(
    handler,
    ['LambdaInsideVPC'],
    'What it calls is in no network of the account; from an isolated one it could not even reach that.',
  );
  return handler;
}

/** Lets a function of this package do more. @internal */
export function letHandler(
  handler: Handler,
  statements: readonly PolicyStatement[],
  whyWide = RESTORED,
): void {
  for (const statement of statements) handler.addToRolePolicy(statement);
  const wide = statements.flatMap(({ resources }) => resources).filter((each) => each.endsWith('*'));
  if (handler.role) acknowledgeWide(handler.role, wide, whyWide);
}

function acknowledgeRole(role: Construct): void {
  acknowledgeInlinePolicy(role);
  acknowledgeNag(
    role,
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'AWSLambdaBasicExecutionRole only lets a function write its logs, and AWS keeps it in step.',
  );
  // AWS X-Ray knows no resources.
  acknowledgeWide(role, ['*'], 'X-Ray knows no resources, and neither do some actions.');
}

function acknowledgeWide(role: Construct, wide: readonly string[], why: string): void {
  for (const resource of new Set(wide.map(inFindings))) {
    acknowledgeNag(role, `IAM5[Resource::${resource}]`, why);
  }
}

const RESTORED =
  'Restored resources have names that are made up for each test, and some actions know no resource.';

/** As cdk-nag writes it. */
function inFindings(arn: string): string {
  return arn
    .replaceAll(Aws.PARTITION, '<AWS::Partition>')
    .replaceAll(Aws.REGION, '<AWS::Region>')
    .replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
}
