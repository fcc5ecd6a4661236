import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { TierChoices } from '../../lib/constructs/governance/tier-choices';
import * as detection from '../../lib/constructs/observe/detection/handler-bundles';
import * as telling from '../../lib/constructs/observe/telling/handler-bundles';
import * as recovery from '../../lib/constructs/recovery/handler-bundles';
import { RestoreTestType } from '../../lib/constructs/recovery/restore-test-type';
import { RestoreValidator } from '../../lib/constructs/recovery/restore-validator';
import { awsHealth } from '../patterns/aws-health';
import { heartbeat } from '../patterns/heartbeat';
import { incidentBridge } from '../patterns/incident-bridge';
import { restoreTesting } from '../patterns/restore-testing';
import { thirdPartyDependency } from '../patterns/third-party-dependency';
import { appOf, type Pattern, surroundings } from '../support/pattern';

/** The functions of ours that Lambda runs; a canary is no function. */
const BUNDLES: Readonly<Record<string, string>> = { ...telling, ...recovery, ...detection };
const { WALK_JOURNEY, ...FUNCTIONS } = BUNDLES;

/** What looks at restored resources of all types, and asks a function that knows the content. */
const allRestores: Pattern = {
  construct: 'RestoreValidator',
  build: (stack) => {
    const contentCheck = new Handler(stack, 'Content', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => ({ valid: true });'),
    });
    const deadLetters = new Queue(stack, 'DeadLetters');
    const planArn = 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:shop';
    const validated = { planArn, contentCheck, deadLetters };
    new RestoreValidator(stack, 'Validator', new TierChoices(stack, {}), validated).lookAt(
      Object.values(RestoreTestType),
    );
  },
};

/** A bridge that also opens OpsItems, which a function resolves. */
const withOpsItems: Pattern = {
  construct: 'IncidentBridge',
  service: incidentBridge.service ?? {},
  build: (stack, around) =>
    incidentBridge.buildWith?.(stack, { tools: ['pagerDuty', 'opsItem'], heard: true }, around),
};

interface Made {
  readonly code: string;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly statements: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly unknown[];
  }[];
}

type Json = ReturnType<typeof JSON.parse>;

/** The functions of ours that a pattern makes, with what their roles let them do. */
function functionsOf<O>(pattern: Pattern<O>): readonly Made[] {
  const assembly = appOf(pattern, surroundings(pattern, 1)).synth();
  return assembly.stacks.flatMap(({ template }) => {
    const resources: [string, Json][] = Object.entries(template.Resources);
    const policies = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Policy');
    return resources.flatMap(([, { Type, Properties }]) => {
      const code = Properties?.Code?.ZipFile;
      if (Type !== 'AWS::Lambda::Function' || !Object.values(FUNCTIONS).includes(code)) return [];
      const [role] = Properties.Role['Fn::GetAtt'];
      const own = policies.filter(([, policy]) =>
        policy.Properties.Roles.some(({ Ref }: Json) => Ref === role),
      );
      const statements = own.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
      return [
        {
          code,
          environment: Properties.Environment?.Variables ?? {},
          statements: statements.map(({ Action, Resource }: Json) => ({
            actions: [Action].flat(),
            resources: [Resource].flat(),
          })),
        },
      ];
    });
  });
}

const made = [
  functionsOf(incidentBridge),
  functionsOf(withOpsItems),
  functionsOf(heartbeat),
  functionsOf(awsHealth),
  functionsOf(thirdPartyDependency),
  functionsOf(restoreTesting),
  functionsOf(allRestores),
].flat();

/** What each function has beside its own: traces, its dead letters, and the keys of these and of its table. */
const OF_ALL = /^(xray|sqs|kms):/;

/** Names that IAM has for calls, where they are not those of the API. */
const ACTIONS: Readonly<Record<string, string>> = {
  'S3:ListObjectsV2': 's3:ListBucket',
  'Lambda:Invoke': 'lambda:InvokeFunction',
};
const PREFIXES: Readonly<Record<string, string>> = { EventBridge: 'events', EFS: 'elasticfilesystem' };

/** What a bundle calls: `e("DynamoDB","UpdateItem"`, or `client:"RDS",command:"DescribeDBClusters"`. */
function callsIn(code: string): readonly string[] {
  const found = code.matchAll(/(?:\(|client:)"([A-Z]\w+)",(?:command:)?"([A-Z]\w+)"/g);
  const actions = [...found].map(
    ([, client = '', command = '']) =>
      ACTIONS[`${client}:${command}`] ?? `${PREFIXES[client] ?? client.toLowerCase()}:${command}`,
  );
  return [...new Set(actions)].sort();
}

const allowedIn = (functions: readonly Made[]) =>
  [...new Set(functions.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions)))]
    .filter((action) => !OF_ALL.test(action))
    .sort();

/** Actions for which IAM knows no resource, or none whose name is known before. */
const WITHOUT_RESOURCE = [
  'backup:ListRestoreJobs',
  'backup:PutRestoreValidationResult',
  'cloudwatch:GetMetricData',
  'ec2:DescribeInstances',
  'ec2:DescribeVolumes',
  'ssm:DescribeOpsItems',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

describe.each(Object.entries(FUNCTIONS))('the role of %s', (_, code) => {
  const functions = made.filter((each) => each.code === code);

  it('is that of functions that are made', () => expect(functions.length).toBeGreaterThan(0));

  it('lets it call what its code calls, and nothing else', () => {
    const calls = callsIn(code);
    expect(calls.length).toBeGreaterThan(0);
    expect(allowedIn(functions)).toEqual(calls);
  });

  it('names no action by a wildcard, and every resource that IAM knows', () => {
    const statements = functions.flatMap((each) => each.statements);
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    const wide = statements
      .filter(({ resources }) => resources.includes('*'))
      .flatMap(({ actions }) => actions);
    expect(wide.filter((action) => !WITHOUT_RESOURCE.includes(action))).toEqual([]);
  });

  it('belongs to a function that knows for whom it works', () => {
    for (const { environment } of functions) expect(environment).toMatchObject({ SERVICE: 'shop' });
  });
});

it('a function that only reads a page may call nothing', () => {
  const [page] = functionsOf(thirdPartyDependency);
  expect(page && allowedIn([page])).toEqual([]);
});

it.each(Object.entries(BUNDLES))('%s needs nothing but what its runtime brings along', (_, code) => {
  const needed = [...code.matchAll(/\b(?:require|import)\s*\(([^)]*)\)/g)].map(([, module]) => module);
  const brought = code === WALK_JOURNEY ? /^"@aws\/synthetics-playwright"$/ : /^`@aws-sdk\/client-\$\{/;
  expect(needed.length).toBeGreaterThan(0);
  expect(needed.filter((module) => !brought.test(module ?? ''))).toEqual([]);
});
