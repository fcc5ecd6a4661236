import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  type Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import { type DeadLetterProps, deadLetterAlarm } from '../governance/dead-letter-alarm';
import { deadLetterNotices } from '../governance/dead-letter-notices';
import { keptLogs } from '../governance/log-group';
import { logRetention } from '../governance/log-retention';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import type { ResilientNetwork } from '../network/resilient-network';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';
import type { ZonalAutoshift } from '../traffic/zonal-autoshift';
import { functionLimitMistakes } from './compute-limits';
import {
  type ChosenConcurrency,
  chooseConcurrency,
  concurrencyMistakes,
  type DeclaredConcurrency,
} from './function-load';
import { functionRole } from './function-role';
import { claimTargets } from './target-claims';
import { type AutoshiftProps, shiftZones } from './zone-autoshift';

/** Properties of a {@link StatelessFunction}. */
export interface StatelessFunctionProps
  extends TieredProps,
    DeclaredConcurrency,
    AutoshiftProps,
    DeadLetterProps {
  /** What runs. */
  readonly code: Code;

  /** What is called: `index.handler`. */
  readonly handler: string;

  /** What it is written for. */
  readonly runtime: Runtime;

  /**
   * What sends it requests, and to nothing else, with `targetType` LAMBDA.
   *
   * @default - none: it is called by its alias
   */
  readonly loadBalancer?: HealthCheckedLoadBalancer;

  /**
   * The network that it has addresses in, in all zones. Without, it runs in all zones of the region.
   *
   * @default - none
   */
  readonly network?: ResilientNetwork;

  /**
   * How long a call may take. Behind a load balancer at most 60 s, after which nobody waits for the answer.
   *
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;

  /**
   * Memory, in MiB; processors come with it.
   *
   * @default 1024
   */
  readonly memorySize?: number;

  /**
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;

  /**
   * Settings that are no secret.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * How often an event that failed is tried again, from 0 to 2. Counts for asynchronous calls.
   *
   * @default 2
   */
  readonly retryAttempts?: number;

  /**
   * How long an event may wait, from a minute to six hours. Counts for asynchronous calls.
   *
   * @default Duration.hours(6)
   */
  readonly maxEventAge?: Duration;

  /**
   * How long logs are kept. Less than a year needs `weakening`, but not in a stage that is not
   * production; for ever is refused.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
}

/**
 * A function without state, behind a load balancer or by itself. Callers use an alias, which has as many calls started
 * before they come as the tier owes; no other function of the account takes what it needs; events that fail go to a queue.
 *
 * @throws ConfigurationError when fewer calls are started before they come than the tier owes, or settings contradict
 * each other
 * @see https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html
 */
export class StatelessFunction extends Construct implements IGrantable {
  readonly function: LambdaFunction;

  /** What it may do: grants go to its role. */
  readonly grantPrincipal: IPrincipal;

  /** What callers call: the version that serves. */
  readonly alias: Alias;

  /** Where events go that failed as often as they were tried. */
  readonly failures: Queue;

  /** Fires while events wait that failed. */
  readonly unhandled: Alarm;

  /** Whom the alarm tells: somebody must subscribe. */
  readonly notifications: ITopic;

  /** Where its logs go. */
  readonly logs: LogGroup;

  /** What has AWS leave a broken zone; `undefined` where a person does, or nothing sends it requests by zone. */
  readonly autoshift: ZonalAutoshift | undefined;

  constructor(scope: Construct, id: string, props: StatelessFunctionProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'code', 'handler', 'runtime', 'peakConcurrency'));
    refuse(this.node.path, [
      ...concurrencyMistakes(props),
      ...callMistakes(props),
      ...functionLimitMistakes(props),
      ...shiftMistakes(props),
    ]);
    const choices = new TierChoices(this, props);
    const { loadBalancer } = props;
    if (loadBalancer) claimTargets(loadBalancer, this, TargetType.LAMBDA);
    this.logs = keptLogs(this, 'Logs', choices, {
      retention: logRetention(this, choices, props.logRetention),
    });
    this.failures = this.createQueue(choices);
    this.notifications = props.notifications ?? deadLetterNotices(this, choices);
    this.unhandled = deadLetterAlarm(this, this.failures, this.notifications, { tier: choices.tier });
    const concurrency = chooseConcurrency(this, choices, props);
    this.function = this.createFunction(choices, props, concurrency.reserved);
    this.grantPrincipal = this.function.grantPrincipal;
    this.alias = this.createAlias(concurrency, props);
    loadBalancer?.targetGroup.addTarget(new LambdaTarget(this.alias));
    // A function is in every zone at once, so there is something to spare in each.
    const units = { min: loadBalancer?.network.availabilityZones.length ?? 0, carries: 1 };
    const { readiness } = concurrency;
    this.autoshift =
      loadBalancer && shiftZones(this, loadBalancer, choices, { ...props, units: { ...units, readiness } });
  }

  private createQueue(choices: TierChoices): Queue {
    const queue = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: choices.removalPolicy,
    });
    acknowledgeNag(
      queue,
      'SQS3',
      'It is itself where failed events are set aside; nothing takes them from it.',
    );
    return queue;
  }

  private createFunction(
    choices: TierChoices,
    props: StatelessFunctionProps,
    reservedConcurrentExecutions: number,
  ): LambdaFunction {
    const { code, handler, runtime, network, environment } = props;
    const made = new LambdaFunction(this, 'Function', {
      code,
      handler,
      runtime,
      role: functionRole(this, this.logs, network !== undefined),
      reservedConcurrentExecutions,
      timeout: props.timeout ?? Duration.seconds(15),
      memorySize: props.memorySize ?? 1024,
      architecture: props.architecture ?? Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      logGroup: this.logs,
      loggingFormat: LoggingFormat.JSON,
      // A version that served is what a rollback goes back to.
      currentVersionOptions: { removalPolicy: choices.removalPolicy },
      ...(environment && { environment }),
      ...(network && { vpc: network.vpc, vpcSubnets: { subnets: network.vpc.privateSubnets } }),
    });
    if (!network) {
      acknowledgeControls(
        made,
        ['LambdaInsideVPC'],
        'Outside a network Lambda runs it in every zone of the region, and only who may invoke it reaches it.',
      );
    }
    acknowledgeControls(
      made,
      ['LambdaDLQ'],
      'Events that fail go to the destination of its alias, which keeps the error with the event.',
    );
    return made;
  }

  private createAlias(concurrency: ChosenConcurrency, props: StatelessFunctionProps): Alias {
    const { provisioned, mostProvisioned } = concurrency;
    const alias = new Alias(this, 'Live', {
      aliasName: 'live',
      version: this.function.currentVersion,
      onFailure: new SqsDestination(this.failures),
      retryAttempts: props.retryAttempts ?? 2,
      maxEventAge: props.maxEventAge ?? Duration.hours(6),
      ...(provisioned > 0 && { provisionedConcurrentExecutions: provisioned }),
    });
    if (provisioned > 0) {
      const scaling = alias.addAutoScaling({ minCapacity: provisioned, maxCapacity: mostProvisioned });
      scaling.scaleOnUtilization({ utilizationTarget: UTILIZATION });
    }
    return alias;
  }
}

/** More is kept warm before all that is warm is used. */
const UTILIZATION = 0.7;

/** How long an idle connection of an application load balancer stays open. */
const BALANCED_TIMEOUT_SECONDS = 60;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRIES = 2;
const EVENT_AGE_SECONDS = { least: 60, most: 21_600 };

function callMistakes({
  loadBalancer,
  timeout,
  retryAttempts,
  maxEventAge,
}: StatelessFunctionProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const seconds = timeout?.isUnresolved() ? undefined : timeout?.toSeconds();
  if (loadBalancer && seconds !== undefined && seconds > BALANCED_TIMEOUT_SECONDS) {
    mistakes.push({
      problem: `timeout is ${formatSeconds(seconds)}, but the load balancer waits for no answer longer than 60 s`,
      fix: 'set timeout to 60 s or less, or call it without a load balancer',
    });
  }
  if (
    retryAttempts !== undefined &&
    !(Number.isInteger(retryAttempts) && retryAttempts >= 0 && retryAttempts <= RETRIES)
  ) {
    mistakes.push({ problem: `retryAttempts is ${retryAttempts}`, fix: 'set retryAttempts to 0, 1 or 2' });
  }
  const age = maxEventAge?.isUnresolved() ? undefined : maxEventAge?.toSeconds();
  if (age !== undefined && (age < EVENT_AGE_SECONDS.least || age > EVENT_AGE_SECONDS.most)) {
    mistakes.push({
      problem: `maxEventAge is ${formatSeconds(age)}, but it must be from 1 min to 6 h`,
      fix: `set maxEventAge to ${formatSeconds(Math.min(Math.max(age, EVENT_AGE_SECONDS.least), EVENT_AGE_SECONDS.most))}`,
    });
  }
  return mistakes;
}

function shiftMistakes({ loadBalancer, zonalAutoshift, practiceRuns }: StatelessFunctionProps): Mistake[] {
  if (loadBalancer || !(zonalAutoshift || practiceRuns)) return [];
  return [
    {
      problem: `${zonalAutoshift ? 'zonalAutoshift' : 'practiceRuns'} is set, but no load balancer sends it requests by zone`,
      fix: 'leave it out: Lambda leaves a broken zone by itself, or set loadBalancer',
    },
  ];
}
