import { fail, type Judgement, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { describe, isMap, isScalar, Unknown, type Value, wordOf } from '../value';

/** An option of Elastic Beanstalk, and what it has to be. */
export interface WantedOption {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

const PATH = 'OptionSettings';

/** Where an environment or a template takes options from that it does not set itself. */
const TEMPLATES = ['TemplateName', 'SourceConfiguration.TemplateName'];

/** Judges an option of an environment, which the template that it is made from may set. */
export function beanstalkOption(resource: Resource, wanted: WantedOption): Judgement {
  return judge(resource, wanted, new Set());
}

function judge(resource: Resource, wanted: WantedOption, seen: Set<Resource>): Judgement {
  seen.add(resource);
  const settings = resource.list(PATH);
  if (settings instanceof Unknown) return unknown(PATH, settings);
  const open = settings.find((setting) => setting instanceof Unknown || isOpen(setting));
  const own = settings
    .filter(isMap)
    .findLast((setting) => setting.Namespace === wanted.namespace && setting.OptionName === wanted.name);
  if (own) return judgeOption(own.Value, wanted);
  if (open instanceof Unknown) return unknown(PATH, open);
  if (open !== undefined) return unknown(PATH, 'the name of an option is known only at deploy');
  const template = templateOf(resource);
  if (template instanceof Unknown) return unknown('TemplateName', template);
  if (template && !seen.has(template)) return judge(template, wanted, seen);
  return missing(`no ${wanted.name}`, wanted);
}

function isOpen(setting: Value): boolean {
  return isMap(setting) && !(isScalar(setting.Namespace ?? null) && isScalar(setting.OptionName ?? null));
}

function judgeOption(value: Value | undefined, wanted: WantedOption): Judgement {
  if (value instanceof Unknown) return unknown(PATH, value);
  if (value !== undefined && !isScalar(value))
    return unknown(PATH, `${describe(value)} is known only at deploy`);
  const found = wordOf(value);
  return found.toLowerCase() === wanted.value
    ? pass({ property: PATH, found: `${wanted.name} ${found}` })
    : missing(`${wanted.name} ${found}`, wanted);
}

function missing(found: string, { name, value }: WantedOption): Judgement {
  return fail({ property: PATH, found, needed: `${name} ${value}` });
}

function templateOf(resource: Resource): Resource | Unknown | undefined {
  if (resource.get('EnvironmentId') !== undefined)
    return new Unknown('the options are those of an environment outside of the template');
  return TEMPLATES.map((path) => resource.target(path)).find((target) => target !== undefined);
}
