import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import { type Duration, Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../../objectives/mistakes';
import { repeated } from '../../../objectives/mistakes';
import { accountOf, boundMistakes, perAccount, type SwitchPermission, type SwitchSite } from './switch-block';
import { SwitchAction } from './switch-workflow';

/** A CloudWatch alarm of one region. */
export interface SwitchAlarm {
  /** The region that it watches from. */
  readonly region: string;

  /** Its name, for an alarm in the account of that region; or its ARN. */
  readonly alarm: string;
}

/** When a plan starts by itself. */
export interface SwitchTrigger {
  /** The region that is left. */
  readonly leaving: string;

  /** The alarms; all must be red at once. Alarms of the other region still speak when the one that is left is down. */
  readonly alarms: readonly SwitchAlarm[];

  /**
   * How long nothing starts by itself after a switch, in whole minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly minimumPause?: Duration;
}

/** The alarms of a plan, each by its ARN. @internal */
export interface PlanAlarms {
  readonly health: readonly SwitchAlarm[];
  readonly triggers: readonly SwitchTrigger[];
}

const PAUSE_MINUTES = 30;

/** @internal */
export function alarmMistakes({ health, triggers }: PlanAlarms, regions: readonly string[]): Mistake[] {
  const starting = triggers.flatMap(({ alarms }) => alarms);
  const both = health.filter((one) => starting.some((other) => keyOf(one) === keyOf(other)));
  const open = [...health, ...starting].filter(({ alarm }) => Token.isUnresolved(nameOf(alarm)));
  if (open.length > 0) {
    return open.map(({ region }) => ({
      problem: `an alarm of ${region} is known at deployment only`,
      fix: 'write its name in words: the plan calls it by its name, and reads nothing from the other region',
    }));
  }
  return [
    ...both.map((each) => ({
      problem: `the alarm ${nameOf(each.alarm)} of ${each.region} both starts the plan and says whether it has helped`,
      fix: 'keep the two apart: an alarm of what users see for health, alarms of what is broken for the start',
    })),
    ...repeated(health.map(keyOf)).map((key) => ({
      problem: `the health alarm ${key} is named twice`,
      fix: 'name it once',
    })),
    ...triggers.flatMap((trigger) => triggerMistakes(trigger, regions)),
    ...repeated(triggers.map(({ leaving }) => leaving)).map((region) => ({
      problem: `two triggers leave ${region}`,
      fix: 'put their alarms into one: all must be red at once',
    })),
  ];
}

function triggerMistakes(
  { leaving, alarms, minimumPause }: SwitchTrigger,
  regions: readonly string[],
): Mistake[] {
  const mistakes: Mistake[] = [
    ...boundMistakes(`triggers: the alarms to leave ${leaving}: their number`, alarms.length, {
      least: 1,
      most: 10,
    }),
    ...repeated(alarms.map(keyOf)).map((key) => ({
      problem: `the trigger to leave ${leaving} counts the alarm ${key} twice`,
      fix: 'name another alarm: one alone moves nothing',
    })),
  ];
  if (!regions.includes(leaving)) {
    mistakes.push({
      problem: `a trigger leaves ${leaving}, which is no region of the plan`,
      fix: `name ${regions.join(' or ')}`,
    });
  }
  const pause = minimumPause?.toMinutes({ integral: false });
  return [...mistakes, ...boundMistakes('triggers: minimumPause in minutes', pause, { least: 1 })];
}

/** @internal */
export function associatedAlarms(
  { health, triggers }: PlanAlarms,
  site: SwitchSite,
): Record<string, CfnPlan.AssociatedAlarmProperty> {
  const entry = (alarm: SwitchAlarm, alarmType: string): [string, CfnPlan.AssociatedAlarmProperty] => [
    keyOf(alarm),
    { alarmType, resourceIdentifier: alarm.alarm, ...site.access(accountOf(alarm.alarm)) },
  ];
  return Object.fromEntries([
    ...health.map((alarm) => entry(alarm, 'applicationHealth')),
    ...triggers.flatMap(({ alarms }) => alarms.map((alarm) => entry(alarm, 'trigger'))),
  ]);
}

/** @internal */
export function renderTriggers(
  triggers: readonly SwitchTrigger[],
  regions: readonly string[],
  bothServe: boolean,
): CfnPlan.TriggerProperty[] {
  return triggers.map(({ leaving, alarms, minimumPause }) => ({
    action: bothServe ? SwitchAction.DEACTIVATE : SwitchAction.ACTIVATE,
    targetRegion: bothServe ? leaving : (regions.find((region) => region !== leaving) ?? leaving),
    conditions: alarms.map((alarm) => ({ associatedAlarmName: keyOf(alarm), condition: 'red' })),
    minDelayMinutesBetweenExecutions: minimumPause?.toMinutes() ?? PAUSE_MINUTES,
  }));
}

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_cloudwatch.html @internal */
export function alarmPermissions({ health, triggers }: PlanAlarms): SwitchPermission[] {
  const arns = [...health, ...triggers.flatMap(({ alarms }) => alarms)].map(({ alarm }) => alarm);
  return perAccount([...new Set(arns)], ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory']);
}

/** The alarms with ARNs where a person wrote names. @internal */
export function withArns(
  alarms: readonly SwitchAlarm[],
  arnOf: (region: string, name: string) => string,
): SwitchAlarm[] {
  return alarms.map(({ region, alarm }) => ({
    region,
    alarm: alarm.startsWith('arn:') || Token.isUnresolved(alarm) ? alarm : arnOf(region, alarm),
  }));
}

/** What the plan calls it. The two regions often have alarms of one name. */
function keyOf({ region, alarm }: SwitchAlarm): string {
  return `${nameOf(alarm)}-${region}`;
}

function nameOf(alarm: string): string {
  return alarm.split(':alarm:')[1] ?? alarm;
}
