import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Annotations, AspectPriority, Aspects, CfnResource, type IAspect, Stack } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import type { AlarmShape } from '../../../calculus/mandatory/alarm-shape';
import { MANDATORY_METRICS } from '../../../calculus/mandatory-metrics';
import { refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { TIERS } from '../../../objectives/tier';
import { checkNearTopic } from '../../governance/near-topic';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices } from '../../governance/tier-choices';
import { isExempt } from './exempt';
import { letDeploysFollow } from './followed-by-deploys';
import { keepsRpo, lagAlarms } from './lag-alarms';
import { inOneAlarmEach, mandatoryAlarm } from './mandatory-alarm';
import type { MandatoryAlarmsProps } from './mandatory-alarms-props';
import { type Dimensions, dimensionsOf } from './metric-dimensions';
import { alternativesTo, isOutage, lookWithin, type OwedAlarms, owedTo } from './owed-alarms';
import { shapesOf, thresholdOf } from './shapes';
import { addAction, alarmsOn, isSwitchedOff, tellsSomebody } from './watching-alarms';

/**
 * The alarms that a service owes, for all that is below a construct: at tiers 0 and 1 on what shows that a resource does not
 * serve and on what runs out before it does not, at every tier on how far copies are behind. What an alarm of the app watches already gets no second
 * one, unless it looks the other way; where that one tells nobody, it does now. Deploys of ECS services follow the alarms on
 * their load balancers, deployment groups of CodeDeploy those on their functions and load balancers.
 *
 * It looks when the app is synthesised, after aspects of default priority: alarms of other libraries are seen.
 *
 * @throws ConfigurationError when the tier is none, or the topic is of another region than what is watched
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export class MandatoryAlarms {
  /**
   * Watches a part of the tree: an app, a stack, a construct. A `Stage` is synthesised by itself: call it for each.
   *
   * @throws ConfigurationError when the tier is none; at synthesis, when the topic is of another region than what is watched
   */
  static of(scope: IConstruct, props: MandatoryAlarmsProps = {}): MandatoryAlarms {
    const { tier } = props;
    if (tier !== undefined && !TIERS.includes(tier))
      refuse(scope.node.path, [{ problem: `${tier} is no tier`, fix: `give one of ${TIERS.join(', ')}` }]);
    const alarms = new MandatoryAlarms(props);
    // After what builds and changes, before what only reads.
    Aspects.of(scope).add(new Watcher(alarms), { priority: AspectPriority.READONLY - 1 });
    return alarms;
  }

  private readonly made: Alarm[] = [];
  private readonly recorded = new Set<string>();

  private constructor(private readonly props: MandatoryAlarmsProps) {}

  /** Those that were made. Complete once the app is synthesised. */
  get alarms(): readonly Alarm[] {
    return this.made;
  }

  /**
   * The topic that is told of what is in the stack of a construct: subscribe to it.
   *
   * @throws ConfigurationError when the construct is inside no service, and no tier is given
   */
  noticesOf(construct: Construct): ITopic {
    const { tier, notifications } = this.props;
    const isDeclared = ServiceScope.of(construct) !== undefined;
    const choices = () => new TierChoices(construct, isDeclared || tier === undefined ? {} : { tier });
    if (notifications) checkNearTopic(construct, notifications, ofEachRegion);
    return notifications ?? stackNotices(construct, choices(), 'AlarmNotices');
  }

  /** The topic is made with its stack, so that it is tagged as what is there already. @internal */
  prepare(stack: Stack): void {
    if (this.props.notifications) return;
    const watched = stack.node
      .findAll()
      .find((each) => CfnResource.isCfnResource(each) && Stack.of(each) === stack && this.mustWatch(each));
    if (watched) this.noticesOf(watched);
  }

  private mustWatch(resource: CfnResource): boolean {
    const owed = owedTo(resource, this.props);
    if (!owed) return false;
    const isMandatory = owed.metrics && resource.cfnResourceType in MANDATORY_METRICS;
    return isMandatory || lagAlarms(resource, owed.rpoSeconds).length > 0;
  }

  /** Makes what a resource lacks. @internal */
  watch(resource: CfnResource): void {
    const owed = owedTo(resource, this.props);
    if (!owed) return;
    if (owed.metrics && !isExempt(resource))
      for (const shape of shapesOf(resource)) this.watchMetric(resource, shape, owed);
    const lacking = lagAlarms(resource, owed.rpoSeconds).filter(({ shape }) => {
      const alarms = alarmsOn(resource, shape.metrics);
      return !this.hasAlarm(alarms.filter((alarm) => keepsRpo(alarm, owed.rpoSeconds)));
    });
    for (const { id, shape, dimensions } of lacking)
      this.make(resource, id, { shape, dimensions: [dimensions], owed });
  }

  private watchMetric(resource: CfnResource, shape: AlarmShape, owed: OwedAlarms): void {
    if (this.hasAlarm(alarmsOn(resource, alternativesTo(shape, resource)))) return;
    const dimensions = dimensionsOf(resource, shape.metrics[0] ?? '');
    if (typeof dimensions === 'string') {
      Annotations.of(resource).addWarningV2(
        'cdk-nines:mandatory-alarm',
        `no alarm on ${shape.metrics.join(' or ')}: ${dimensions}`,
      );
      return;
    }
    for (const [index, part] of inOneAlarmEach(shape, dimensions).entries()) {
      const id = `AlarmOn${shape.metrics.join('And')}${index === 0 ? '' : index + 1}`.replaceAll(/\W|_/g, '');
      const alarm = this.make(resource, id, { shape, dimensions: part, owed });
      if (isOutage(shape.metrics)) letDeploysFollow(resource, alarm);
    }
  }

  /** Whether one of the alarms will do. One that tells nobody is made to, unless somebody switched it off. */
  private hasAlarm(alarms: readonly CfnResource[]): boolean {
    if (alarms.some((alarm) => tellsSomebody(alarm))) return true;
    const silent = alarms.find((alarm) => !isSwitchedOff(alarm));
    if (silent) addAction(silent, this.noticesOf(silent).topicArn);
    return alarms.length > 0;
  }

  private make(resource: CfnResource, id: string, { shape, dimensions, owed }: Lacking): Alarm {
    const severity = isOutage(shape.metrics) ? 'page' : 'ticket';
    const alarm = mandatoryAlarm(resource, id, {
      shape,
      dimensions,
      threshold: thresholdOf(shape, resource),
      look: lookWithin(shape, owed.detectionSeconds),
      topic: this.noticesOf(resource),
      tier: owed.tier,
      runbook: owed.runbook,
      severity,
    });
    this.made.push(alarm);
    this.record(resource, owed);
    return alarm;
  }

  /** Once for what a service has in a stack: the alarms are in the template. */
  private record(resource: CfnResource, { detectionSeconds, service }: OwedAlarms): void {
    const stack = Stack.of(resource);
    const key = `${stack.node.path} ${service?.service.name}`;
    if (!service || this.recorded.has(key)) return;
    this.recorded.add(key);
    service.record(stack, {
      what: 'mandatoryAlarms',
      value: `outages are found within ${detectionSeconds} s`,
      because:
        'detection may take half of the time in which the service must be back after the loss of a region',
      source: OWN_DECISION,
    });
  }
}

interface Lacking {
  readonly shape: AlarmShape;
  readonly dimensions: readonly Dimensions[];
  readonly owed: OwedAlarms;
}

class Watcher implements IAspect {
  constructor(private readonly alarms: MandatoryAlarms) {}

  visit(node: IConstruct): void {
    if (Stack.isStack(node)) this.alarms.prepare(node);
    if (CfnResource.isCfnResource(node)) this.alarms.watch(node);
  }
}

function ofEachRegion(region: string): string {
  return `call MandatoryAlarms.of for the stacks of each region with a topic of that region, here ${region}, or leave notifications out`;
}
