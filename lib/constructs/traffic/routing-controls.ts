import {
  CfnCluster,
  CfnControlPanel,
  CfnRoutingControl,
  CfnSafetyRule,
  type CfnSafetyRuleProps,
} from 'aws-cdk-lib/aws-route53recoverycontrol';
import { CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, missing, quoted, refuse, repeated } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { unknownRegionMistakes } from '../../objectives/region-code';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { sharedName } from '../region/membership';
import { openTimeMistakes } from './check-mistakes';

/** Properties of {@link RoutingControls}. */
export interface RoutingControlsProps extends TieredProps {
  /** The regions that traffic is routed to, two at least: each gets a control. */
  readonly regions: readonly string[];

  /**
   * The ARN of a cluster that exists. One cluster serves many services, and each costs by the hour.
   *
   * @default - a cluster of its own
   */
  readonly clusterArn?: string;

  /**
   * How many regions must stay on, whatever people turn.
   *
   * @default 1
   */
  readonly leastOn?: number;

  /**
   * Whether there is a control of its own that must be on before any region is turned: off, it stops automation and slips.
   *
   * @default - true at tier 0, else false
   */
  readonly gate?: boolean;

  /**
   * For how long a safety rule answers as before after it was last evaluated, so that switches do not flap.
   *
   * @default Duration.seconds(5)
   */
  readonly waitPeriod?: Duration;
}

/**
 * Switches of AWS Application Recovery Controller, one for each region, which people turn through five regional endpoints
 * that need no control plane. A safety rule keeps them from turning the last region off.
 *
 * It stands in a stack of its own, in us-east-1 or us-west-2: CloudFormation makes these resources nowhere else. The
 * ARNs are made at deployment, so there are two phases: deploy this, turn the regions on that serve (all are off at
 * first), and write each ARN into the {@link RoutingControlCheck} of its region. No region's template reads this stack.
 *
 * @throws ConfigurationError in a region where CloudFormation cannot make it, for fewer than two regions, and for a rule that
 * could never be kept or would keep nothing
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
 */
export class RoutingControls extends Construct {
  /** The cluster of its own; `undefined` where one was given. */
  readonly cluster: CfnCluster | undefined;

  readonly controlPanel: CfnControlPanel;

  /** What keeps regions on. */
  readonly assertion: CfnSafetyRule;

  /** The control that must be on before a region is turned; `undefined` where there is none. */
  readonly gate: CfnRoutingControl | undefined;

  private readonly controls: ReadonlyMap<string, CfnRoutingControl>;

  constructor(scope: Construct, id: string, props: RoutingControlsProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, missing(props, 'regions'));
    refuse(path, controlMistakes(props, Stack.of(this).region));
    const choices = new TierChoices(this, props);
    const { regions, leastOn = 1, waitPeriod = Duration.seconds(5) } = props;
    const name = sharedName(this, LONGEST_NAME);
    this.cluster = props.clusterArn === undefined ? new CfnCluster(this, 'Cluster', { name }) : undefined;
    const clusterArn = this.cluster?.attrClusterArn ?? props.clusterArn ?? '';
    this.controlPanel = new CfnControlPanel(this, 'ControlPanel', { clusterArn, name });
    this.controls = new Map(regions.map((region) => [region, this.control(region, region, clusterArn)]));
    const waitPeriodMs = waitPeriod.toMilliseconds();
    this.assertion = this.rule('Assertion', leastOn, {
      assertionRule: { assertedControls: this.arns(), waitPeriodMs },
    });
    const isGated = choices.on({ what: 'gate', owed: gateOwed(choices.tier), chosen: props.gate });
    this.gate = isGated ? this.control('Gate', 'gate', clusterArn) : undefined;
    if (this.gate) {
      this.rule('Gating', 1, {
        gatingRule: {
          gatingControls: [this.gate.attrRoutingControlArn],
          targetControls: this.arns(),
          waitPeriodMs,
        },
      });
    }
    choices.record({
      what: 'leastOn',
      value: leastOn,
      because: 'the safety rule refuses to turn off the last region that serves',
      source: RULES_PAGE,
    });
  }

  /**
   * The ARN of a region's control, for constructs of this stack. Those of other stacks write it down.
   *
   * @throws ConfigurationError when the region has no control
   */
  routingControlArn(region: string): string {
    const control = this.controls.get(region);
    if (!control) {
      refuse(this.node.path, [
        {
          problem: `it has no control for ${region}`,
          fix: `ask for one of ${[...this.controls.keys()].join(', ')}`,
        },
      ]);
    }
    return control?.attrRoutingControlArn ?? '';
  }

  private control(id: string, name: string, clusterArn: string): CfnRoutingControl {
    const control = new CfnRoutingControl(this, id, {
      clusterArn,
      controlPanelArn: this.controlPanel.attrControlPanelArn,
      name,
    });
    new CfnOutput(this, `${id}Arn`, {
      value: control.attrRoutingControlArn,
      description: `The routing control ${name}`,
    });
    return control;
  }

  private arns(): string[] {
    return [...this.controls.values()].map((control) => control.attrRoutingControlArn);
  }

  private rule(
    id: string,
    threshold: number,
    rule: Pick<CfnSafetyRuleProps, 'assertionRule' | 'gatingRule'>,
  ): CfnSafetyRule {
    return new CfnSafetyRule(this, id, {
      controlPanelArn: this.controlPanel.attrControlPanelArn,
      name: id.toLowerCase(),
      ruleConfig: { type: 'ATLEAST', threshold, inverted: false },
      ...rule,
    });
  }
}

function gateOwed(tier: number): Decided<boolean> {
  const value = tier === 0;
  return {
    value,
    because: value
      ? 'two switches: nobody leaves a region by a slip, and automation can be stopped'
      : 'one switch is enough; a gate costs a step in an emergency',
    source: 'own decision of cdk-nines: a default to start from, not a standard',
  };
}

function controlMistakes(props: RoutingControlsProps, here: string): Mistake[] {
  const { regions, leastOn = 1, waitPeriod, clusterArn } = props;
  const mistakes: Mistake[] = [
    ...unknownRegionMistakes(regions),
    ...repeated(regions).map((region) => ({
      problem: `${region} is named twice`,
      fix: `name ${region} once`,
    })),
  ];
  if (!Token.isUnresolved(here) && !HOMES.includes(here)) {
    mistakes.push({
      problem: `its stack stands in ${here}, where CloudFormation makes no routing controls`,
      fix: `put it into a stack of its own in ${HOMES.join(' or ')}: its switches are turned from five regions all the same`,
    });
  }
  if (regions.length < 2) {
    mistakes.push({
      problem: `${regions.length} region has a control, but traffic needs a second one to go to`,
      fix: 'name all regions that serve or wait',
    });
  }
  if (!(Number.isInteger(leastOn) && leastOn >= 1 && leastOn <= Math.max(1, regions.length))) {
    mistakes.push({
      problem: `leastOn is ${leastOn}, with ${regions.length} regions to turn`,
      fix: `set leastOn to a whole number from 1 to ${regions.length}`,
    });
  }
  return [...mistakes, ...waitMistakes(waitPeriod), ...clusterMistakes(clusterArn)];
}

function waitMistakes(waitPeriod: Duration | undefined): Mistake[] {
  const mistakes = openTimeMistakes({ waitPeriod });
  if (!waitPeriod || mistakes.length > 0) return mistakes;
  const waits = waitPeriod.toSeconds();
  if (waits <= LONGEST_WAIT) return [];
  return [
    {
      problem: `waitPeriod is ${formatSeconds(waits)}: for so long nobody could turn a second region`,
      fix: `wait ${LONGEST_WAIT} s or less`,
    },
  ];
}

function clusterMistakes(arn: string | undefined): Mistake[] {
  if (arn === undefined || Token.isUnresolved(arn) || CLUSTER.test(arn)) return [];
  return [
    {
      problem: `clusterArn is ${quoted(arn)}`,
      fix: 'write arn:aws:route53-recovery-control::ACCOUNT:cluster/ID, or leave it out',
    },
  ];
}

/** Where CloudFormation has the resource types, in the commercial regions (schemas of cfn-lint 1.51.0). */
const HOMES: readonly string[] = ['us-east-1', 'us-west-2'];

const CLUSTER = /^arn:aws[a-z-]*:route53-recovery-control::\d{12}:cluster\/[0-9a-zA-Z-]+$/;
const RULES_PAGE = 'https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html';
const LONGEST_NAME = 64;
const LONGEST_WAIT = 60;
