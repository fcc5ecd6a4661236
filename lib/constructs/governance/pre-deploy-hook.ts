import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnGuardHook, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { logBucket } from './log-bucket';
import { logKeyOf } from './log-key';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from './nag';
import { TierChoices, type TieredProps } from './tier-choices';

/** Properties of a {@link PreDeployHook}. */
export interface PreDeployHookProps extends TieredProps {
  /** The path of the rules, as `nines export guard --out nines.guard` writes them; its name ends with `.guard`. */
  readonly rulesFile: string;

  /**
   * Whether a resource that breaks a rule stops the deploy; otherwise CloudFormation only warns.
   *
   * @default - true in production, false elsewhere
   */
  readonly stopsDeploys?: boolean;

  /**
   * The CloudFormation types that it looks at.
   *
   * @default - every type: rules skip what they do not ask about
   */
  readonly types?: readonly string[];

  /**
   * Whether resources that are made by the Cloud Control API are judged too, such as those of Terraform's awscc.
   *
   * @default false
   */
  readonly cloudControl?: boolean;

  /**
   * The roles that stacks are deployed with in an emergency, by ARN: theirs are not judged.
   *
   * @default - none
   */
  readonly breakGlassRoleArns?: readonly string[];

  /**
   * How long reports are kept.
   *
   * @default - 400 days: a year and the time to look at it
   */
  readonly reportRetention?: Duration;

  /**
   * The name of the hook, in three parts; one of a name in an account and region.
   *
   * @default 'Nines::Guard::BeforeDeploy'
   */
  readonly alias?: string;
}

const PAGE = 'https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html';

const STOPS: Decided<boolean> = {
  value: true,
  because: 'what breaks a rule is cheapest to mend before it is there',
  source: PAGE,
};

const WARNS: Decided<boolean> = {
  value: false,
  because: 'in a stage that is no production, people try things',
  source: PAGE,
};

/**
 * Judges resources of every stack of an account and region before CloudFormation makes or changes them, by rules of
 * CloudFormation Guard: those that `nines export guard` writes, or your own.
 *
 * @throws ConfigurationError when the file, the alias, a type or a role is not one, or deploys are not stopped in
 * production without a reason
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/guard-hooks.html
 */
export class PreDeployHook extends Construct {
  readonly hook: CfnGuardHook;

  /** What the hook reads its rules and writes its reports with. */
  readonly role: Role;

  /** The reports, with what each resource broke. */
  readonly reports: Bucket;

  readonly rules: Asset;

  constructor(scope: Construct, id: string, props: PreDeployHookProps) {
    super(scope, id);
    refuse(this.node.path, mistakesIn(props));
    const choices = new TierChoices(this, props);
    const stops = choices.on({
      what: 'stopsDeploys',
      owed: choices.nonProduction ? WARNS : STOPS,
      chosen: props.stopsDeploys,
    });
    this.rules = new Asset(this, 'Rules', { path: props.rulesFile });
    this.reports = this.createReports(choices, props.reportRetention ?? Duration.days(400));
    this.role = this.createRole();
    this.hook = this.createHook(props, stops);
  }

  private createReports(choices: TierChoices, retention: Duration): Bucket {
    return logBucket(this, 'Reports', choices, {
      retention,
      key: logKeyOf(this, choices),
      whyOneRegion: 'A hook stands in one region, and so do its reports.',
      whyNotLogged: 'Reports are read by people who deploy: CloudTrail tells who changed a resource.',
    });
  }

  private createRole(): Role {
    const { account, region, partition } = Stack.of(this);
    const types = `arn:${partition}:cloudformation:${region}:${account}:type/hook/*`;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('hooks.cloudformation.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': types } },
      }),
      description: 'A hook reads its rules and writes its reports with it',
    });
    // While new rules are deployed the hook still reads the old ones, so the key cannot be named.
    const rules = this.rules.bucket.arnForObjects('*.guard');
    const reports = this.reports.arnForObjects('*');
    const { bucketArn } = this.rules.bucket;
    const { encryptionKey: key } = this.reports;
    const reading = new Policy(this, 'Reading', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [rules] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
      ],
    });
    // Apart from the other, so that one sees that reports are never read.
    const writing = new Policy(this, 'Writing', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [reports] }),
        ...(key ? [new PolicyStatement({ actions: WITH_KEY, resources: [key.keyArn] })] : []),
      ],
    });
    for (const policy of [reading, writing]) acknowledgeInlinePolicy(policy);
    acknowledgeWildcard(
      reading,
      rules,
      'The hook reads old rules until the new ones are deployed; others are rules too.',
    );
    acknowledgeWildcard(
      writing,
      reports,
      'CloudFormation names the reports, and nothing else writes to the bucket.',
    );
    return role;
  }

  private createHook(props: PreDeployHookProps, stops: boolean): CfnGuardHook {
    const { types = [], cloudControl = false, breakGlassRoleArns = [], alias = ALIAS } = props;
    const hook = new CfnGuardHook(this, 'Hook', {
      alias,
      executionRole: this.role.roleArn,
      failureMode: stops ? 'FAIL' : 'WARN',
      hookStatus: 'ENABLED',
      logBucket: this.reports.bucketName,
      ruleLocation: { uri: this.rules.s3ObjectUrl },
      targetOperations: ['RESOURCE', ...(cloudControl ? ['CLOUD_CONTROL'] : [])],
      ...(breakGlassRoleArns.length > 0 && {
        stackFilters: { filteringCriteria: 'ALL', stackRoles: { exclude: [...breakGlassRoleArns] } },
      }),
    });
    // The L1 asks for targets one by one, where the service takes actions and types.
    hook.addPropertyOverride('TargetFilters', {
      Actions: ['CREATE', 'UPDATE'],
      ...(types.length > 0 && { TargetNames: [...types].sort() }),
    });
    // Without its permissions the hook would fail, and stop every deploy.
    hook.node.addDependency(this.node.findChild('Reading'), this.node.findChild('Writing'));
    return hook;
  }
}

/** What S3 asks of who writes to a bucket under a key, in one part or in several. */
const WITH_KEY = ['kms:GenerateDataKey', 'kms:Decrypt'];

const ALIAS = 'Nines::Guard::BeforeDeploy';

function mistakesIn(props: PreDeployHookProps): readonly Mistake[] {
  const { rulesFile, types = [], breakGlassRoleArns = [], alias = ALIAS } = props ?? {};
  const absent = missing(props, 'rulesFile');
  if (absent.length > 0) return absent;
  return [
    ...(rulesFile.endsWith('.guard')
      ? []
      : [{ problem: `rulesFile is ${quoted(rulesFile)}`, fix: 'name a file that ends with .guard' }]),
    ...(/^(?!AWS::)[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}$/.test(alias)
      ? []
      : [{ problem: `alias is ${quoted(alias)}`, fix: `use three words, such as ${ALIAS}, none of AWS` }]),
    ...types
      .filter((type) => !/^[A-Za-z0-9]+(::[A-Za-z0-9]+){1,3}$/.test(type))
      .map((type) => ({ problem: `types has ${quoted(type)}`, fix: 'name a type such as AWS::S3::Bucket' })),
    ...breakGlassRoleArns
      .filter((arn) => !Token.isUnresolved(arn) && !/^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(arn))
      .map((arn) => ({
        problem: `breakGlassRoleArns has ${quoted(arn)}`,
        fix: 'name the ARN of a role, such as arn:aws:iam::111122223333:role/BreakGlass',
      })),
  ];
}
