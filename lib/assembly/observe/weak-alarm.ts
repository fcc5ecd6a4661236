import { badWhen } from '../../calculus/mandatory/bad-direction';
import type { Resource } from '../resource';
import { describe } from '../value';
import { stoppingDefect } from './alarm-defects';
import { looksTheBadWay } from './alarm-direction';
import { tellsSomebody } from './alarm-telling';

/** Why an alarm on a metric does not count, in words. */
export interface WeakAlarm {
  /** Whether it fires where the metric is good. */
  readonly backwards: boolean;
  readonly found: string;
  readonly needed: string;
  readonly fix: string;
}

/** Why an alarm on a metric surely does not count: it looks the wrong way, or tells nobody. */
export function weakness(alarm: Resource, metric: string): WeakAlarm | undefined {
  const { logicalId } = alarm;
  if (looksTheBadWay(alarm, metric) === false) return backwards(alarm, metric);
  if (tellsSomebody(alarm) !== false) return undefined;
  const defect = stoppingDefect(alarm);
  if (defect)
    return {
      backwards: false,
      found: `${logicalId} on ${metric}, which does not count: ${defect.found}`,
      needed: 'an alarm that can fire',
      fix: `of ${logicalId}: ${defect.fix}`,
    };
  return {
    backwards: false,
    found: `${logicalId} on ${metric}, which tells nobody`,
    needed: `an action of ${logicalId}`,
    fix: `set AlarmActions of ${logicalId}, or name it in a composite alarm that has them`,
  };
}

function backwards(alarm: Resource, metric: string): WeakAlarm {
  const { logicalId } = alarm;
  const operator = describe(alarm.get('ComparisonOperator'));
  const threshold = alarm.get('Threshold');
  const needed = turned(operator, metric);
  const moved = threshold === undefined ? '' : `, with the Threshold from which ${metric} is bad`;
  return {
    backwards: true,
    found: `${logicalId} compares ${metric} by ${operator}${threshold === undefined ? '' : ` ${describe(threshold)}`}`,
    needed: `${needed} of ${logicalId}`,
    fix: `set ComparisonOperator of ${logicalId} to ${needed}${moved}`,
  };
}

function turned(operator: string, metric: string): string {
  return badWhen(metric) === 'less than'
    ? operator.replace('Greater', 'Less').replace('Upper', 'Lower')
    : operator.replace('Less', 'Greater').replace('Lower', 'Upper');
}
