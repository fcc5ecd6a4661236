import type { Mistake } from '../../../../objectives/mistakes';
import {
  accountOf,
  arnsOf,
  block,
  boundMistakes,
  onEverything,
  perAccount,
  type RegionalArns,
  type SwitchBlock,
  SwitchMoment,
  SwitchPhase,
  type SwitchStepProps,
} from '../switch-block';

/** The region in which a function runs. */
export enum SwitchSide {
  /** The region that takes over. */
  ACTIVATING = 'activatingRegion',

  /** The region that is left. It may be down: an ungraceful execution skips the step. */
  DEACTIVATING = 'deactivatingRegion',

  /** After the switch: the region with the traffic. */
  ACTIVE = 'activeRegion',

  /** After the switch: the region without. */
  INACTIVE = 'inactiveRegion',
}

/** Properties of a step that calls a function. */
export interface LambdaStepProps extends SwitchStepProps {
  /** The ARN of the function of each region. */
  readonly functionArns: RegionalArns;

  /**
   * Where it runs.
   *
   * @default SwitchSide.ACTIVATING
   */
  readonly runIn?: SwitchSide;

  /**
   * What it is given, as JSON.
   *
   * @default - what Region switch says of the execution
   */
  readonly payload?: string;

  /**
   * Minutes until a call that failed is tried again.
   *
   * @default 1
   */
  readonly retryMinutes?: number;

  /**
   * Whether an ungraceful execution leaves it out.
   *
   * @default - true where it runs in the region that is left, which may be down
   */
  readonly skipWhenUngraceful?: boolean;
}

/** Properties of a step that starts or stops the reading of a queue or stream. */
export interface EventSourceMappingStepProps extends SwitchStepProps {
  /** The ARN of the event source mapping of each region. It has an id that only AWS knows. */
  readonly mappingArns: RegionalArns;

  /** The ARN of the function of each region. */
  readonly functionArns: RegionalArns;

  /**
   * Whether the region that takes over begins to read, or the region that is left stops.
   *
   * @default true
   */
  readonly enable?: boolean;

  /**
   * Whether an ungraceful execution leaves it out.
   *
   * @default - true where it stops the region that is left, which may be down
   */
  readonly skipWhenUngraceful?: boolean;
}

/** The nodes on which a command runs. */
export interface CommandTarget {
  /** `tag:role`, `InstanceIds`, `resource-groups:Name`. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Properties of a step that runs a command on managed nodes. */
export interface CommandStepProps extends SwitchStepProps {
  /** The ARN of the Systems Manager document of each region. */
  readonly documentArns: RegionalArns;

  /** The nodes. */
  readonly targets: readonly CommandTarget[];

  /**
   * What the document is given.
   *
   * @default - nothing
   */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;

  /**
   * The version of the document.
   *
   * @default - its default version
   */
  readonly documentVersion?: string;

  /**
   * Minutes until a command that failed is tried again.
   *
   * @default 1
   */
  readonly retryMinutes?: number;

  /**
   * Whether an ungraceful execution leaves it out.
   *
   * @default false
   */
  readonly skipWhenUngraceful?: boolean;
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_lambda.html @internal */
export function invokeFunction(props: LambdaStepProps): SwitchBlock {
  const { functionArns, runIn = SwitchSide.ACTIVATING, payload, retryMinutes = 1 } = props;
  const arns = arnsOf(functionArns);
  const skips = props.skipWhenUngraceful ?? LOST_SIDES.includes(runIn);
  return block(props, {
    type: 'CustomActionLambda',
    phase: SwitchPhase.ACTION,
    usualMinutes: 5,
    when: AFTERWARDS.includes(runIn) ? SwitchMoment.AFTERWARDS : SwitchMoment.SWITCH,
    arns: { functionArns: { arns: functionArns, ...FUNCTION } },
    extraMistakes: [...retryMistakes(props), ...lostSideMistakes(props)],
    permissions: () => perAccount(arns, ['lambda:GetFunction', 'lambda:InvokeFunction']),
    render: (site, timeoutMinutes) => ({
      customActionLambdaConfig: {
        lambdas: arns.map((arn) => ({
          arn,
          ...(payload !== undefined && { payload }),
          ...site.access(accountOf(arn)),
        })),
        regionToRun: runIn,
        retryIntervalMinutes: retryMinutes,
        timeoutMinutes,
        ...skipping(skips),
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_lambda_esm.html @internal */
export function switchEventSourceMapping(props: EventSourceMappingStepProps): SwitchBlock {
  const { mappingArns, functionArns, enable = true } = props;
  const { skipWhenUngraceful = !enable } = props;
  const mappings = Object.entries(mappingArns);
  return block(props, {
    type: 'LambdaEventSourceMapping',
    phase: SwitchPhase.ACTION,
    usualMinutes: 5,
    arns: {
      mappingArns: { arns: mappingArns, service: 'lambda', resource: 'event-source-mapping:' },
      functionArns: { arns: functionArns, ...FUNCTION },
    },
    permissions: () => [
      ...perAccount(arnsOf(mappingArns), ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping']),
      ...perAccount(arnsOf(functionArns), ['lambda:GetFunction']),
    ],
    render: (site, timeoutMinutes) => ({
      lambdaEventSourceMappingConfig: {
        action: enable ? 'enable' : 'disable',
        regionEventSourceMappings: Object.fromEntries(
          mappings.map(([region, arn]) => [region, { arn, ...site.access(accountOf(arn)) }]),
        ),
        timeoutMinutes,
        ...skipping(skipWhenUngraceful),
      },
    }),
  });
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ssm.html @internal */
export function runCommand(props: CommandStepProps): SwitchBlock {
  const { documentArns, documentVersion, retryMinutes = 1, skipWhenUngraceful = false } = props;
  const arns = arnsOf(documentArns);
  const shared = {
    ...(documentVersion !== undefined && { documentVersion }),
    ...(props.parameters && {
      parameters: Object.fromEntries(Object.entries(props.parameters).map(([key, list]) => [key, [...list]])),
    }),
    targets: props.targets.map(({ key, values }) => ({ key, values: [...values] })),
  };
  return block(props, {
    type: 'SSMSendCommand',
    phase: SwitchPhase.ACTION,
    usualMinutes: 10,
    arns: { documentArns: { arns: documentArns, service: 'ssm', resource: 'document/' } },
    extraMistakes: [...retryMistakes(props), ...targetMistakes(props)],
    permissions: () => [
      ...perAccount(arns, ['ssm:DescribeDocument']),
      ...perAccount(arns.flatMap(nodesBeside), ['ssm:SendCommand']),
      ...onEverything(arns, [
        'ssm:DescribeInstanceInformation',
        'ssm:ListCommandInvocations',
        'ssm:CancelCommand',
      ]),
    ],
    render: (site, timeoutMinutes) => ({
      ssmSendCommandConfig: {
        regionDocuments: Object.fromEntries(
          Object.entries(documentArns).map(([region, documentArn]) => [
            region,
            { documentArn, ...shared, ...site.access(accountOf(documentArn)) },
          ]),
        ),
        retryIntervalMinutes: retryMinutes,
        timeoutMinutes,
        ...skipping(skipWhenUngraceful),
      },
    }),
  });
}

/** Sides that there are once the switch is over. */
const AFTERWARDS: readonly SwitchSide[] = [SwitchSide.ACTIVE, SwitchSide.INACTIVE];

const LOST_SIDES: readonly SwitchSide[] = [SwitchSide.DEACTIVATING, SwitchSide.INACTIVE];

function skipping(skips: boolean): { ungraceful?: { behavior: string } } {
  return skips ? { ungraceful: { behavior: 'skip' } } : {};
}

/** The document, and the nodes of its region: which of them a command reaches, its targets say when it runs. */
function nodesBeside(documentArn: string): string[] {
  const [, partition, , region, account] = documentArn.split(':');
  const place = `${region}:${account}`;
  return [
    documentArn,
    `arn:${partition}:ec2:${place}:instance/*`,
    `arn:${partition}:ssm:${place}:managed-instance/*`,
  ];
}

function retryMistakes({ name, retryMinutes }: LambdaStepProps | CommandStepProps): Mistake[] {
  return boundMistakes(`${name}: retryMinutes`, retryMinutes, { least: 1 });
}

function lostSideMistakes({ name, runIn, skipWhenUngraceful }: LambdaStepProps): Mistake[] {
  if (runIn !== SwitchSide.DEACTIVATING || skipWhenUngraceful !== false) return [];
  return [
    {
      problem: `${name}: it runs in the region that is left, also when that region is down`,
      fix: 'leave skipWhenUngraceful out, or run it in SwitchSide.ACTIVATING',
    },
  ];
}

function targetMistakes({ name, targets }: CommandStepProps): Mistake[] {
  if (targets.length > 0 && targets.every(({ values }) => values.length > 0)) return [];
  return [{ problem: `${name}: the command has no nodes to run on`, fix: 'give targets with values' }];
}

const FUNCTION = { service: 'lambda', resource: 'function:' };
