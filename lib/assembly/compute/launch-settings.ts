import { type Judgement, unknown } from '../judgement';
import { Resource } from '../resource';
import { Unknown } from '../value';

/** Where a setting stands on an instance, and where in the launch template that may give it instead. */
export interface LaunchPaths {
  readonly own: string;
  readonly template: string;
}

/** Judges a setting of an instance: its own where it has one, else that of its launch template, else the default. */
export function judgeLaunched(
  instance: Resource,
  { own, template }: LaunchPaths,
  judge: (resource: Resource, path: string) => Judgement,
): Judgement {
  const judged = judge(instance, own);
  if (instance.get(own) !== undefined) return judged;
  const from = launchTemplateOf(instance);
  if (from === undefined) return judged;
  return from instanceof Unknown ? unknown(own, from) : judge(from, `LaunchTemplateData.${template}`);
}

/** The launch template of an instance; undefined where it names none. */
export function launchTemplateOf(instance: Resource): Resource | Unknown | undefined {
  if (instance.type !== 'AWS::EC2::Instance') return undefined;
  const reference = instance.get('LaunchTemplate');
  if (reference === undefined) return undefined;
  if (reference instanceof Unknown) return reference;
  const found =
    instance.target('LaunchTemplate.LaunchTemplateId') ??
    instance.target('LaunchTemplate.LaunchTemplateName') ??
    ofVersion(instance.target('LaunchTemplate.Version'));
  if (found instanceof Resource && found.type !== 'AWS::EC2::LaunchTemplate')
    return new Unknown('the launch template is known only at deploy');
  return found;
}

/** A version that is read from a launch template names it. */
function ofVersion(version: Resource | Unknown | undefined): Resource | undefined {
  return version instanceof Resource ? version : undefined;
}
