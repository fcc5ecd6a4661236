import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import {
  type AlarmDetection,
  detectionStep,
  type FailoverSum,
  type FailoverTerm,
  type HealthCheckDetection,
} from '../../../calculus/failover-time';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { REGION_SWITCH } from '../../../objectives/policy/sources';
import { writtenTime } from '../../governance/left-open';
import { ServiceScope } from '../../governance/service-scope';
import type { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import type { RecordMove } from '../../traffic/record-claims';
import type { RegionSwitchProps } from './region-switch-props';
import { alarmMistakes, type PlanAlarms, withArns } from './switch-alarm';
import { accountOf, type SwitchBlock } from './switch-block';
import { chooseGates, chooseTriggers, gateMistakes, isSwitch, withGates } from './switch-gates';
import { accessMistakes, type PlanSite } from './switch-site';
import { type StepMinutes, stepMinutes, switchSum, TAKES_THE_CALL, timeMistakes } from './switch-timing';
import { inUsualOrder, type OrderedWorkflow, SwitchAction, workflowMistakes } from './switch-workflow';

/** A plan with everything decided, before anything is made. @internal */
export interface SwitchDesign {
  readonly planName: string;
  readonly description: string;
  readonly rtoMinutes: number;

  /** Approvals that come before the steps. */
  readonly gates: number;
  readonly alarms: PlanAlarms;
  readonly longest: FailoverSum;

  /** The records that follow health checks of the plan. */
  readonly recordNames: readonly string[];

  /** The same with their zones. */
  readonly moves: readonly RecordMove[];

  /** The workflows with their gates, once the roles that approve are known. */
  timed(approvalRoleArns: readonly string[]): TimedWorkflows;
}

/** @internal */
export interface TimedWorkflows {
  readonly workflows: readonly OrderedWorkflow[];
  minutes(workflow: OrderedWorkflow): StepMinutes;
}

/**
 * @throws ConfigurationError with everything that is wrong
 * @internal
 */
export function switchDesign(
  construct: Construct,
  choices: TierChoices,
  site: PlanSite,
  props: RegionSwitchProps,
): SwitchDesign {
  const { path } = construct.node;
  refuse(path, propsMistakes(props));
  const bare = bareWorkflows(site, props);
  const needed = neededActions(site);
  const alarms = alarmsOf(site, props);
  const blocks = bare.flatMap((each) => each.blocks);
  refuse(path, [
    ...once(workflowMistakes(bare, needed, site.regions)),
    ...once(blocks.flatMap((each) => each.mistakes(site.regions))),
    ...alarmMistakes(alarms, site.regions),
  ]);
  refuse(path, accessMistakes(site, touchedAccounts(blocks, alarms)));
  const gates = chooseGates(choices, site, props, bare);
  refuse(path, gateMistakes(props, gates));
  chooseTriggers(choices, site, alarms, gates);
  const before = leadTerms(choices, site, props, blocks);
  const rtoSeconds = regionRto(construct, choices);
  const left = (rtoSeconds - before.reduce((total, { seconds }) => total + seconds, 0)) / 60;
  const timed = (roles: readonly string[]): TimedWorkflows => {
    const given = props.approvalRoleArns ?? roles;
    const workflows = bare.map((each) => withGates(each, gates, given, props));
    return {
      workflows,
      minutes: (each) => stepMinutes(each.blocks, isSwitch(each) ? left : Number.POSITIVE_INFINITY),
    };
  };
  const trial = timed(Array.from({ length: gates }, (_, index) => `approver ${index + 1}`));
  const sums = trial.workflows
    .filter(isSwitch)
    .map((each) => ({ each, sum: switchSum(before, each.blocks, trial.minutes(each)) }));
  refuse(path, once(sums.flatMap(({ each, sum }) => timeMistakes(each, sum, rtoSeconds))).slice(0, 1));
  const longest = sums.map(({ sum }) => sum).sort((one, other) => other.seconds - one.seconds)[0];
  recordChoices(choices, site, rtoSeconds, longest);
  const moves = movesIn(blocks);
  return {
    planName: planName(construct, site),
    description: `${ServiceScope.of(construct)?.service.name ?? construct.node.id} between ${site.regions.join(' and ')}`,
    rtoMinutes: Math.min(MOST_RTO_MINUTES, Math.max(1, Math.floor(rtoSeconds / 60))),
    gates,
    alarms,
    longest: longest ?? { terms: [], seconds: 0 },
    recordNames: [...new Set(moves.map(({ name }) => name))],
    moves,
    timed,
  };
}

const MOST_RTO_MINUTES = 10_080;
const MOST_PLAN_NAME = 32;

/** Name, regions and approach of a plan cannot be changed: a plan with others gets another name, so that it can be made. */
function planName(construct: Construct, { regions, bothServe }: PlanSite): string {
  const shape = createHash('sha256').update(`${regions.join()}${bothServe}`).digest('hex').slice(0, 6);
  return `${sharedName(construct, MOST_PLAN_NAME - shape.length - 1)}-${shape}`;
}

function propsMistakes({ steps, workflows, detection }: RegionSwitchProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if ((steps === undefined) === (workflows === undefined)) {
    mistakes.push({
      problem: steps === undefined ? 'there is nothing to do' : 'both steps and workflows are given',
      fix: 'give steps, which are put in order, or workflows in your own order',
    });
  }
  if (detection?.isUnresolved()) {
    mistakes.push({ problem: 'detection is known at deployment only', fix: writtenTime('detection') });
  }
  return mistakes;
}

function neededActions({ bothServe }: PlanSite): readonly SwitchAction[] {
  return bothServe ? [SwitchAction.ACTIVATE, SwitchAction.DEACTIVATE] : [SwitchAction.ACTIVATE];
}

function bareWorkflows(
  site: PlanSite,
  { steps, workflows, postRecovery }: RegionSwitchProps,
): OrderedWorkflow[] {
  const usual = inUsualOrder((steps ?? []).map(({ block }) => block));
  const forEach = (action: SwitchAction, blocks: readonly SwitchBlock[]): OrderedWorkflow[] =>
    site.regions.map((region) => ({ action, region, blocks }));
  return [
    ...(workflows
      ? workflows.map((each) => ({
          action: each.action,
          region: each.region,
          blocks: each.steps.map(({ block }) => block),
        }))
      : neededActions(site).flatMap((action) => forEach(action, usual))),
    ...(postRecovery
      ? forEach(
          SwitchAction.POST_RECOVERY,
          postRecovery.map(({ block }) => block),
        )
      : []),
  ];
}

function alarmsOf(site: PlanSite, { healthAlarms = [], triggers = [] }: RegionSwitchProps): PlanAlarms {
  const arnOf = (region: string, name: string): string =>
    `arn:${site.partition}:cloudwatch:${region}:${site.accountIn(region)}:alarm:${name}`;
  return {
    health: withArns(healthAlarms, arnOf),
    triggers: triggers.map((each) => ({ ...each, alarms: withArns(each.alarms, arnOf) })),
  };
}

function touchedAccounts(blocks: readonly SwitchBlock[], { health, triggers }: PlanAlarms): string[] {
  const alarms = [...health, ...triggers.flatMap((each) => each.alarms)].map(({ alarm }) => accountOf(alarm));
  const known = alarms.filter((account) => account !== undefined);
  return [...blocks.flatMap((each) => each.accounts()), ...known].filter(
    (account) => !Token.isUnresolved(account),
  );
}

/** What passes before the first step, and after the last. */
function leadTerms(
  choices: TierChoices,
  { bothServe }: PlanSite,
  { detection, triggers = [] }: RegionSwitchProps,
  blocks: readonly SwitchBlock[],
): FailoverTerm[] {
  // Where both serve, users have moved by DNS before anybody takes the broken region out.
  const byHand = !bothServe && triggers.length === 0 && detection === undefined;
  const seen = detectionStep(byHand ? CALLING_ALARM : checkOf(choices));
  const { value, source } = AWS_FACTS.route53AliasTtlSeconds;
  const dns = blocks.some(({ type }) => type === 'Route53HealthCheck');
  return [
    detection
      ? { what: 'detection', seconds: detection.toSeconds(), source: 'declared by the caller' }
      : { what: seen.what, seconds: seen.worstSeconds, source: seen.source },
    ...(byHand ? [takesTheCall()] : []),
    ...(dns ? [{ what: 'alias TTL', seconds: value, source }] : []),
  ];
}

/** What calls a person, where no trigger starts the plan. */
const CALLING_ALARM: AlarmDetection = { kind: 'alarm', periodSeconds: 60, evaluationPeriods: 3 };

function checkOf({ policy }: TierChoices): HealthCheckDetection {
  const { healthCheckInterval, healthCheckFailureThreshold } = policy;
  return {
    kind: 'health-check',
    intervalSeconds: healthCheckInterval.value.toSeconds(),
    failureThreshold: healthCheckFailureThreshold.value,
  };
}

/** Whoever starts the plan must first be there. */
function takesTheCall(): FailoverTerm {
  const { value, source } = AWS_FACTS.acknowledgeSeconds;
  return { what: TAKES_THE_CALL, seconds: value.worst, source };
}

function regionRto(construct: Construct, choices: TierChoices): number {
  const owed = ServiceScope.of(construct)?.service.objectives.region.rto;
  return (owed ?? choices.policy.recovery.region.rto.value).toSeconds();
}

function movesIn(blocks: readonly SwitchBlock[]): RecordMove[] {
  return blocks
    .flatMap((block) => block.parts ?? [block])
    .flatMap(({ recordName: name, hostedZoneId }) =>
      name === undefined || hostedZoneId === undefined ? [] : [{ name, hostedZoneId }],
    );
}

function recordChoices(
  choices: TierChoices,
  site: PlanSite,
  rtoSeconds: number,
  longest: FailoverSum | undefined,
): void {
  choices.record({
    what: 'recoveryTimeObjective',
    value: formatSeconds(rtoSeconds),
    because: 'what the service owes after the loss of a region',
    source: 'the objectives of the service',
  });
  choices.record({
    what: 'switchTime',
    value: formatSeconds(longest?.seconds ?? 0),
    because: 'detection, approvals and steps at their worst, within the recovery time objective',
    source: REGION_SWITCH,
  });
  choices.record({
    what: 'planRegion',
    value: site.home.region,
    because: 'the plan can be changed while the primary is down; it runs from either region',
    source: 'https://docs.aws.amazon.com/r53recovery/latest/dg/data-and-control-planes-rs.html',
  });
}

/** The workflows of the two regions have the same steps, and so the same mistakes. */
function once(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Map(mistakes.map((each) => [each.problem, each]));
  return [...seen.values()];
}
