import { longestWindow, periodOf } from '../../calculus/alarms/metric-alarm';
import type { Truth } from '../conditions';
import { oncePerResource } from '../once-per-resource';
import type { Resource } from '../resource';
import { isList, Unknown, type Value } from '../value';
import { compositesOf, partsOf } from './alarm-composites';
import type { AlarmDefect } from './alarm-defect';
import { metricAlarmOf } from './alarm-model';
import { neverHolding } from './never-holding';
import { ruleDefects } from './rule-defects';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** Actions of an alarm for one state. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const MOST_ACTIONS = 5;

/** Rules in which one alarm may stand. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const MOST_PARENTS = 150;

/** What CloudWatch refuses of an alarm, or by what it can never fire. */
export const alarmDefects: (alarm: Resource) => readonly AlarmDefect[] = oncePerResource((alarm) => {
  const own = [
    ...actionDefects(alarm),
    ...(alarm.type === COMPOSITE ? ruleDefects(alarm) : dataPointDefects(alarm)),
  ];
  const stopped = alarm.type !== COMPOSITE || own.some(({ sure, effect }) => sure && effect !== 'crowded');
  return [...own, ...(stopped ? [] : neverHolding(alarm, canFire)), ...crowded(alarm)];
});

/** Whether an alarm can be deployed and can fire, as far as templates show. */
export const canFire: (alarm: Resource) => Truth = oncePerResource((alarm) => {
  if (stoppingDefect(alarm) || looksBackTooFar(alarm)) return false;
  const open = alarmDefects(alarm).find(({ effect }) => effect === 'undeployable');
  if (open) return new Unknown(open.found);
  const [part] = partsOf(alarm).filter((each) =>
    alarmDefects(each).some(({ effect }) => effect === 'crowded'),
  );
  return part === undefined
    ? true
    : new Unknown(
        `${part.logicalId} stands in ${compositesOf(part).length} rules, and CloudWatch takes ${MOST_PARENTS}`,
      );
});

/** Why an alarm surely cannot be deployed, or never fires. */
export function stoppingDefect(alarm: Resource): AlarmDefect | undefined {
  return alarmDefects(alarm).find(
    ({ effect, sure }) => sure && (effect === 'undeployable' || effect === 'never-fires'),
  );
}

function actionDefects(alarm: Resource): readonly AlarmDefect[] {
  return ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((property): AlarmDefect[] => {
    const list = alarm.get(property);
    const actions = isList(list) ? list.filter((each) => each !== null) : [];
    if (actions.length <= MOST_ACTIONS) return [];
    const certain = actions.filter((each) => !maybeAbsent(each)).length;
    return [
      {
        effect: 'undeployable',
        sure: certain > MOST_ACTIONS,
        found: `${actions.length} ${property}, and CloudWatch takes ${MOST_ACTIONS}: it cannot be deployed`,
        fix: 'name one topic, and let that tell the others',
      },
    ];
  });
}

function maybeAbsent(value: Value): boolean {
  return value instanceof Unknown && value.maybeAbsent;
}

function dataPointDefects(alarm: Resource): readonly AlarmDefect[] {
  const [needed, periods] = [alarm.number('DatapointsToAlarm'), alarm.number('EvaluationPeriods')];
  if (typeof needed !== 'number' || typeof periods !== 'number' || needed <= periods) return [];
  return [
    {
      effect: 'undeployable',
      sure: true,
      found: `DatapointsToAlarm is ${needed}, of ${periods} EvaluationPeriods: it cannot be deployed`,
      fix: `ask for ${periods} data points or fewer, or look at ${needed} periods`,
    },
  ];
}

/** Which of the rules are refused is not known before deploy: the alarm itself can be made. */
function crowded(alarm: Resource): readonly AlarmDefect[] {
  const parents = compositesOf(alarm);
  if (parents.length <= MOST_PARENTS) return [];
  return [
    {
      effect: 'crowded',
      sure: parents.filter(({ presence }) => presence === true).length > MOST_PARENTS,
      found: `${parents.length} composite alarms name it in their rules, and CloudWatch takes ${MOST_PARENTS}: not all of them can be deployed`,
      fix: 'let those that name the same alarms read one composite alarm over these',
    },
  ];
}

function looksBackTooFar(alarm: Resource): boolean {
  if (alarm.type === COMPOSITE) return false;
  const model = metricAlarmOf(alarm);
  return !(model instanceof Unknown) && periodOf(model) * model.evaluationPeriods > longestWindow(model);
}
