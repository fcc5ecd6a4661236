import type { Judgement } from '../../assembly/judgement';
import { isSuppressor } from '../../assembly/observe/alarm-audience';
import { canFire } from '../../assembly/observe/alarm-defects';
import { alarmReaches } from '../../assembly/observe/alarm-reach';
import { readerOf } from '../../assembly/observe/alarm-readers';
import { tellsSomebody } from '../../assembly/observe/alarm-telling';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import type { AlarmFinding } from './finding';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** What fires and reaches nobody. */
export function unheard(alarm: Resource): readonly AlarmFinding[] {
  return [...withoutAction(alarm), ...deadEnds(alarm)];
}

function withoutAction(alarm: Resource): readonly AlarmFinding[] {
  // Why it cannot fire is told; what it would do then is no matter.
  if (canFire(alarm) === false) return [];
  const tells = tellsSomebody(alarm);
  const reader = readerOf(alarm);
  const acted = reader !== undefined && reader.type !== COMPOSITE;
  if (tells === true || acted || isSuppressor(alarm)) return [];
  const found =
    tells instanceof Unknown
      ? `whether it does anything is unknown: ${tells.reason}`
      : reader
        ? `it does nothing itself, nor does ${reader.logicalId}, which it is part of`
        : 'it does nothing when it fires';
  const fix = 'set AlarmActions, or name it in a composite alarm that has them, or remove it';
  return [{ fault: 'no-action', alarm, weight: 'high', sure: tells === false, found, fix }];
}

function deadEnds(alarm: Resource): readonly AlarmFinding[] {
  const judged: readonly Judgement[] = [alarmReaches(alarm)].flat();
  return judged
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ found = '', needed = '' }) => ({
      fault: 'dead-end',
      alarm,
      weight: 'high',
      sure: true,
      found: `its action leads nowhere: ${found}`,
      fix: `give it ${needed}`,
    }));
}
