import { alarmDefects } from '../../assembly/observe/alarm-defects';
import type { Resource } from '../../assembly/resource';
import type { AlarmFinding } from './finding';

/** What CloudWatch refuses, and what can never fire. */
export function invalid(alarm: Resource): readonly AlarmFinding[] {
  return alarmDefects(alarm).map(({ effect, sure, found, fix }) => ({
    fault: 'invalid',
    alarm,
    weight: effect === 'never-fires' ? 'medium' : 'high',
    sure,
    found,
    fix,
  }));
}
