import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { CfnWaitConditionHandle, Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { arnInEachRegion } from '../../lib/constructs/recovery/region-switch/arn-in-each-region';
import { RegionSwitch } from '../../lib/constructs/recovery/region-switch/region-switch';
import type { RegionSwitchProps } from '../../lib/constructs/recovery/region-switch/region-switch-props';
import { SwitchStep } from '../../lib/constructs/recovery/region-switch/switch-step';
import { SwitchAction } from '../../lib/constructs/recovery/region-switch/switch-workflow';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { WEAKENING } from '../constructs/fixtures';
import type { Pattern, Surroundings } from '../support/pattern';

interface Options {
  readonly kinds: readonly (keyof typeof STEPS)[];

  /** Of each step, in minutes. */
  readonly timeout: number | undefined;
  readonly approvals: number | undefined;
  readonly approvalMinutes: number | undefined;
  readonly detectionMinutes: number | undefined;
  readonly stateful: boolean | undefined;
  readonly sideBySide: boolean;
  readonly afterwards: boolean;
  readonly ownOrder: boolean;
  readonly alarms: number;
  readonly answeredFor: boolean;
}

interface Spent {
  readonly timeout?: Duration;
}

/** What the plan moves is the affair of other apps, in an account that neither region has: only they know its names. */
const ELSEWHERE = '999988887777';
const ROLES = [{ roleArn: `arn:aws:iam::${ELSEWHERE}:role/switched-by-shop` }];

const arns = (stack: RegionStack, service: string, resource: string) =>
  Object.fromEntries(
    Object.entries(arnInEachRegion(stack, { service, resource })).map(([region, arn]) => [
      region,
      arn.replace(/:\d{12}:/, `:${ELSEWHERE}:`),
    ]),
  );

const cluster = (stack: RegionStack) => ({
  globalCluster: 'shop-orders',
  clusterArns: arns(stack, 'rds', 'cluster:shop-orders'),
});

const TRAFFIC = SwitchStep.route53HealthCheck({
  name: 'Traffic',
  hostedZoneId: 'Z1D633PJN98FT9',
  recordName: 'shop.example.com',
});

const UUID = '0f4c7b52-0000-4000-8000-000000000000';

function documentIn(stack: RegionStack): string {
  const name = 'shop-warm';
  new CfnDocument(stack, 'Warm', {
    name,
    documentType: 'Command',
    content: { schemaVersion: '2.2', mainSteps: [] },
  });
  return name;
}

/** A step of each kind that can be tried at random. */
const STEPS = {
  aurora: (stack: RegionStack, spent: Spent) =>
    SwitchStep.auroraGlobalDatabase({ name: 'Orders', ...cluster(stack), ...spent }),
  documents: (stack: RegionStack, spent: Spent) =>
    SwitchStep.documentDb({ name: 'Documents', ...cluster(stack), ...spent }),
  graph: (stack: RegionStack, spent: Spent) =>
    SwitchStep.neptuneGlobalDatabase({ name: 'Graph', ...cluster(stack), ...spent }),
  promotion: (stack: RegionStack, spent: Spent) =>
    SwitchStep.promoteReadReplica({ name: 'Promote', instanceArns: arns(stack, 'rds', 'db:shop'), ...spent }),
  swap: (stack: RegionStack, spent: Spent) =>
    SwitchStep.switchoverReadReplica({ name: 'Swap', instanceArns: arns(stack, 'rds', 'db:shop'), ...spent }),
  provisioned: (stack: RegionStack, spent: Spent) =>
    SwitchStep.scaleAuroraProvisioned({
      name: 'Instances',
      ...cluster(stack),
      instanceArns: arns(stack, 'rds', 'db:shop'),
      ...spent,
    }),
  serverless: (stack: RegionStack, spent: Spent) =>
    SwitchStep.scaleAuroraServerless({ name: 'Units', ...cluster(stack), ...spent }),
  group: (stack: RegionStack, spent: Spent) =>
    SwitchStep.scaleAutoScalingGroup({
      name: 'Workers',
      groupArns: arns(stack, 'autoscaling', `autoScalingGroup:${UUID}:autoScalingGroupName/shop`),
      minimumPercentWhenUngraceful: 50,
      ...spent,
    }),
  service: (stack: RegionStack, spent: Spent) =>
    SwitchStep.scaleEcsService({
      name: 'Web',
      serviceArns: arns(stack, 'ecs', 'service/shop/web'),
      ...spent,
    }),
  pods: (stack: RegionStack, spent: Spent) =>
    SwitchStep.scaleEksResources({
      name: 'Pods',
      clusterArns: arns(stack, 'eks', 'cluster/shop'),
      resources: [{ name: 'web', namespace: 'shop' }],
      ...spent,
    }),
  function: (stack: RegionStack, spent: Spent) =>
    SwitchStep.invokeFunction({
      name: 'Warm',
      functionArns: arns(stack, 'lambda', 'function:shop-warm'),
      ...spent,
    }),
  mapping: (stack: RegionStack, spent: Spent) =>
    SwitchStep.switchEventSourceMapping({
      name: 'Read',
      mappingArns: arns(stack, 'lambda', `event-source-mapping:${UUID}`),
      functionArns: arns(stack, 'lambda', 'function:shop-read'),
      ...spent,
    }),
  command: (stack: RegionStack, spent: Spent) =>
    SwitchStep.runCommand({
      name: 'Command',
      // This one is here, and the plan reaches it with a role of its own.
      documentArns: arnInEachRegion(stack, { service: 'ssm', resource: `document/${documentIn(stack)}` }),
      targets: [{ key: 'tag:role', values: ['web'] }],
      ...spent,
    }),
};

export const regionSwitch: Pattern<Options> = {
  construct: 'RegionSwitch',
  build: (stack) => {
    // The rest of the service: the stack of the primary has no resource of the plan.
    new CfnWaitConditionHandle(stack, 'Rest');
    const records = { hostedZoneId: 'Z1D633PJN98FT9', recordName: 'shop.example.com' };
    // minimal
    new RegionSwitch(stack, 'Switch', {
      steps: [SwitchStep.route53HealthCheck({ name: 'Traffic', ...records })],
    });
    // end
  },
  options: fc.record({
    kinds: fc.uniqueArray(fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])), {
      maxLength: 5,
    }),
    timeout: fc.constantFrom(undefined, undefined, undefined, 1, 1, 10, 90, 1.5),
    approvals: fc.constantFrom(undefined, undefined, 0, 1, 2, 3),
    approvalMinutes: fc.constantFrom(undefined, 5, 45),
    detectionMinutes: fc.constantFrom(undefined, undefined, 1, 30),
    stateful: fc.constantFrom(undefined, true, false),
    sideBySide: fc.boolean(),
    afterwards: fc.boolean(),
    ownOrder: fc.boolean(),
    alarms: fc.constantFrom(0, 0, 1, 2, 2, 11),
    answeredFor: fc.boolean(),
  }),
  buildWith: (stack, options, around) => {
    const [leaving, other] = around.regions;
    const { approvals, stateful, alarms } = options;
    new RegionSwitch(stack, 'Switch', {
      crossAccountRoles: ROLES,
      ...workOf(stack, options, around),
      ...(approvals !== undefined && { approvals }),
      ...(stateful !== undefined && { stateful }),
      ...minutesOf(options),
      ...(options.answeredFor && { weakening: WEAKENING }),
      ...(options.afterwards && { postRecovery: [afterwards(stack)] }),
      healthAlarms: around.regions.map((region) => ({ region, alarm: 'shop-orders' })),
      ...(alarms > 0 && {
        triggers: [
          {
            leaving,
            alarms: Array.from({ length: alarms }, (_, index) => ({ region: other, alarm: `shop-${index}` })),
          },
        ],
      }),
    });
  },
};

function workOf(
  stack: RegionStack,
  { kinds, timeout, sideBySide, ownOrder }: Options,
  { approach }: Surroundings,
): Pick<RegionSwitchProps, 'steps' | 'workflows'> {
  const spent = timeout === undefined ? {} : { timeout: Duration.minutes(timeout) };
  const made = [TRAFFIC, ...kinds.map((kind) => STEPS[kind](stack, spent))];
  const steps = sideBySide ? [SwitchStep.parallel('Together', made)] : made;
  if (!ownOrder) return { steps };
  const bothServe = approach === RecoveryApproach.ACTIVE_ACTIVE;
  const actions = bothServe ? [SwitchAction.ACTIVATE, SwitchAction.DEACTIVATE] : [SwitchAction.ACTIVATE];
  return { workflows: actions.map((action) => ({ action, steps })) };
}

function minutesOf({ approvalMinutes, detectionMinutes }: Options): Partial<RegionSwitchProps> {
  return {
    ...(approvalMinutes !== undefined && { approvalTimeout: Duration.minutes(approvalMinutes) }),
    ...(detectionMinutes !== undefined && { detection: Duration.minutes(detectionMinutes) }),
  };
}

const afterwards = (stack: RegionStack): SwitchStep =>
  SwitchStep.createCrossRegionReplica({ name: 'Copy', instanceArns: arns(stack, 'rds', 'db:shop') });
