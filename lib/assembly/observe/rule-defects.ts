import { alarmsIn, type CompositeRule } from '../../calculus/alarms/composite-rule';
import { identifiersOf, parseArn } from '../identifiers';
import type { Resource } from '../resource';
import { inSamePlace } from '../same-place';
import { Reference, referencesIn, Text, Unknown } from '../value';
import { partsOf } from './alarm-composites';
import type { AlarmDefect } from './alarm-defect';
import { BrokenRule, ruleOf } from './composite-model';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** Of one rule. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const MOST_CHILDREN = 100;
const MOST_ELEMENTS = 500;
const LONGEST_RULE = 10_240;

/** Characters of the name of an alarm. */
const LONGEST_NAME = 255;

/** CloudFormation adds so many letters at random to a name. */
const RANDOM = 12;

/** What CloudWatch refuses of the rule of a composite alarm, and what it names that may not be there. */
export function ruleDefects(alarm: Resource): readonly AlarmDefect[] {
  const rule = ruleOf(alarm);
  const known = rule instanceof Unknown ? undefined : rule;
  return [
    ...(rule instanceof BrokenRule ? [broken(rule)] : []),
    ...tooLong(alarm),
    ...tooMany(alarm, known),
    ...elements(alarm, known),
    ...leadingBack(alarm),
    ...elsewhere(alarm, known),
    ...strangers(alarm, known),
  ];
}

function refused(found: string, fix: string, sure = true): AlarmDefect {
  return { effect: 'undeployable', sure, found: `${found}: it cannot be deployed`, fix };
}

function broken({ problem, small }: BrokenRule): AlarmDefect {
  const fix = 'write it as CloudWatch does: ALARM("a") AND NOT OK("b")';
  if (!small) return refused(`its rule is none: ${problem}`, fix);
  return {
    effect: 'stranger',
    sure: false,
    found: 'its rule has words in small letters, and whether CloudWatch takes them is not known',
    fix,
  };
}

/** Names that deploy makes up count as long as they are at least. */
function tooLong(alarm: Resource): readonly AlarmDefect[] {
  const rule = alarm.get('AlarmRule');
  const parts = rule instanceof Text ? rule.parts : typeof rule === 'string' ? [rule] : [];
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  if (length <= LONGEST_RULE) return [];
  return [
    refused(
      `its rule has ${length} characters or more, and CloudWatch takes ${LONGEST_RULE}`,
      'join some of its alarms in composite alarms between',
    ),
  ];
}

function lengthOf(part: string | Reference | Unknown): number {
  if (typeof part === 'string') return part.length;
  if (!(part instanceof Reference)) return 0;
  const { resource, attribute } = part;
  const [name] = identifiersOf(resource);
  const made = `${resource.stack.name ?? ''}-${resource.logicalId}-`.length + RANDOM;
  const length = name?.length ?? Math.min(LONGEST_NAME, made);
  const before = `arn:aws:cloudwatch:${resource.region ?? 'eu-west-1'}:111122223333:alarm:`.length;
  return attribute === 'Arn' ? before + length : length;
}

function tooMany(alarm: Resource, rule: CompositeRule | undefined): readonly AlarmDefect[] {
  const count = Math.max(partsOf(alarm).length, rule ? alarmsIn(rule).length : 0);
  if (count <= MOST_CHILDREN) return [];
  return [
    refused(
      `its rule names ${count} alarms, and CloudWatch takes ${MOST_CHILDREN}`,
      'join some of them in composite alarms between',
    ),
  ];
}

/** The guide does not say which brackets count: those around a name may. */
function elements(alarm: Resource, rule: CompositeRule | undefined): readonly AlarmDefect[] {
  if (rule === undefined) return [];
  const [least, most] = [leavesOf(rule), leavesOf(rule) + bracketsIn(alarm)];
  if (most <= MOST_ELEMENTS) return [];
  const sure = least > MOST_ELEMENTS;
  return [
    refused(
      `its rule has ${sure ? least : most} elements (alarms, constants, brackets), and CloudWatch takes ${MOST_ELEMENTS}`,
      'join some of its alarms in composite alarms between',
      sure,
    ),
  ];
}

function leavesOf(rule: CompositeRule): number {
  switch (rule.kind) {
    case 'constant':
    case 'state':
      return 1;
    case 'not':
      return leavesOf(rule.of);
    case 'atLeast':
      return rule.alarms.length;
    default:
      return rule.of.reduce((sum, part) => sum + leavesOf(part), 0);
  }
}

function bracketsIn(alarm: Resource): number {
  const rule = alarm.get('AlarmRule');
  const parts = rule instanceof Text ? rule.parts : [rule];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'name')).join('');
  return text.replaceAll(/"[^"]*"|'[^']*'/g, '').replaceAll(/[^()]/g, '').length;
}

function leadingBack(alarm: Resource): readonly AlarmDefect[] {
  const way = wayBack(alarm);
  if (way === undefined) return [];
  const names = way.map(({ logicalId }) => logicalId);
  return [
    {
      effect: 'undeployable',
      sure: true,
      found: `its rule leads back to itself (${names.join(' -> ')}): it cannot be deployed, and CloudWatch evaluates no such alarms`,
      fix: `take ${names[1]} out of its rule`,
    },
  ];
}

/** The shortest way from a composite alarm back to it. */
function wayBack(alarm: Resource): readonly Resource[] | undefined {
  const ways: (readonly Resource[])[] = [[alarm]];
  const seen = new Set<Resource>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of partsOf(way.at(-1) ?? alarm)) {
      if (next === alarm) return [...way, next];
      if (next.type !== COMPOSITE || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html */
function elsewhere(alarm: Resource, rule: CompositeRule | undefined): readonly AlarmDefect[] {
  const near = partsOf(alarm).find((part) => inSamePlace(part, alarm) === false);
  const arns = rule ? alarmsIn(rule).flatMap((name) => parseArn(name) ?? []) : [];
  const isOther = (there: string | undefined, here: string | undefined) =>
    there !== undefined && here !== undefined && there !== here;
  const far = [...(near ? [near] : []), ...arns].find(
    ({ region, account }) => isOther(region, alarm.region) || isOther(account, alarm.account),
  );
  if (far === undefined) return [];
  const place = isOther(far.region, alarm.region) ? far.region : far.account;
  return [
    refused(
      `its rule names an alarm of ${place}, and CloudWatch sees those of its own region and account only`,
      'build a composite alarm where the alarms are',
    ),
  ];
}

/** An ARN says that the alarm is made elsewhere; a name may be misspelt. */
function strangers(alarm: Resource, rule: CompositeRule | undefined): readonly AlarmDefect[] {
  const ids = new Set(partsOf(alarm).map(({ id }) => id));
  const told = referencesIn(alarm.get('AlarmRule')).map(({ resource }) => resource.id);
  const strange = (rule ? alarmsIn(rule) : []).filter(
    (name) => !ids.has(name) && !name.startsWith('arn:') && !told.some((id) => name.includes(id)),
  );
  if (strange.length === 0) return [];
  return [
    {
      effect: 'stranger',
      sure: false,
      found: `no alarm of the app is called ${someOf(strange)}: unless another app has made it before, this one cannot be deployed`,
      fix: 'name alarms that there are: by reference, where they are of the app',
    },
  ];
}

const MOST_NAMED = 3;

function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` (and ${more} more)` : ''}`;
}
