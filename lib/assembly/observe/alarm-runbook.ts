import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isMap, Text, Unknown, type Value } from '../value';
import { rulesOnAlarm } from './alarm-events';

/** A field of an event that says where a runbook is, as `"runbook":"https://…"`. What stands in < and > comes from elsewhere. */
const FIELD = /"\w*(runbook|playbook)\w*"\s*:\s*"[^"<>\s]/i;

const POINTS_SOMEWHERE = /runbook|playbook|https?:\/\//i;

/** Whether the description of an alarm leads to a runbook: it stands at the end of many, however long they are. */
export function runbookInDescription(alarm: Resource): Truth {
  const description = alarm.get('AlarmDescription');
  return description instanceof Unknown ? description : POINTS_SOMEWHERE.test(wholeText(description));
}

/** Whether a rule of EventBridge that tells of an alarm adds where its runbook is. */
export function runbookInEvents(alarm: Resource): Truth {
  return someTruth(
    rulesOnAlarm(alarm).map(({ rule, takes, works }) => everyTruth([takes, works, addsRunbook(rule)])),
  );
}

function addsRunbook(rule: Resource): Truth {
  const targets = rule.list('Targets');
  if (targets instanceof Unknown) return targets;
  return someTruth(
    targets.map((target) => {
      if (!isMap(target)) return target instanceof Unknown ? target : false;
      const { Input: fixed, InputTransformer: transformer } = target;
      const template = isMap(transformer) ? transformer.InputTemplate : transformer;
      return someTruth(
        [fixed, template].map((text) => (text instanceof Unknown ? text : FIELD.test(wholeText(text)))),
      );
    }),
  );
}

/** A text with a mark for each part that deploy puts in. */
function wholeText(value: Value | undefined): string {
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
  return typeof value === 'string' ? value : '';
}
