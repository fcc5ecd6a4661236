import { hasRules } from '../backup/backup-plan';
import type { Truth } from '../conditions';
import { matchesGlob } from '../glob';
import { fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { isList, isMap, Text, Unknown, type Value } from '../value';

/** The ARNs of volumes of Storage Gateway and of virtual machines on premises, as AWS Backup knows them. */
const GATEWAY_ARN = /^arn:[^:]*:(storagegateway|backup-gateway):/;

/** Whether a selection says anything of volumes of Storage Gateway or of virtual machines on premises. */
export function namesGatewayData(selection: Resource): boolean {
  return (['Resources', 'NotResources'] as const).some((part) => gatewayArns(selection, part).length > 0);
}

/** Judges whether the plan of a selection backs up the volumes and machines that the selection names. */
export function backsUpGatewayData(selection: Resource): Judgement {
  const left = gatewayArns(selection, 'NotResources')[0];
  if (left !== undefined)
    return fail({
      property: 'BackupSelection.NotResources',
      found: `${left}, which is left out`,
      needed: 'a backup of it',
    });
  const property = 'BackupSelection.Resources';
  const [named] = gatewayArns(selection, 'Resources');
  if (named === undefined) return notApplicable('it names no volume of a gateway and no machine on premises');
  const made = makesBackups(selection);
  if (made instanceof Unknown) return unknown(property, made);
  return made
    ? pass({ property, found: named })
    : fail({ property, found: `${named} in a plan without rules`, needed: 'a plan with rules' });
}

/** Judges whether a selection of the app names the volume that an alarm watches. */
export function watchedVolumeIsBackedUp(alarm: Resource): Judgement {
  const volume = watchedVolume(alarm);
  if (volume === undefined) return notApplicable('it watches no volume of Storage Gateway');
  if (volume instanceof Unknown) return unknown('Dimensions', volume);
  const { graph } = alarm.stack;
  const truths = selectionsIn(graph).map((selection) => selects(selection, volume));
  if (truths.includes(true)) return pass({ property: 'Dimensions', found: `${volume}, which a plan names` });
  const open = truths.find((truth) => truth instanceof Unknown);
  const [macro] = graph.unreadable;
  if (open instanceof Unknown) return unknown('Dimensions', open);
  if (macro !== undefined) return unknown('Dimensions', macro);
  return fail({ property: 'Dimensions', found: `${volume}, which no plan names`, needed: 'a backup plan' });
}

const selectionsIn = oncePerGraph((graph) => graph.ofType('AWS::Backup::BackupSelection'));

function watchedVolume(alarm: Resource): string | Unknown | undefined {
  if (alarm.get('Namespace') !== 'AWS/StorageGateway') return undefined;
  const dimensions = alarm.list('Dimensions');
  if (dimensions instanceof Unknown) return dimensions;
  const dimension = dimensions.find((entry) => isMap(entry) && entry.Name === 'VolumeId');
  if (!isMap(dimension)) return undefined;
  return typeof dimension.Value === 'string'
    ? dimension.Value
    : new Unknown('which volume is watched is known only at deploy');
}

function selects(selection: Resource, volume: string): Truth {
  if (gatewayArns(selection, 'NotResources').some((arn) => arn.endsWith(`/${volume}`))) return false;
  const listed = selection.list('BackupSelection.Resources');
  if (listed instanceof Unknown) return listed;
  const arn = `arn:aws:storagegateway:*:*:gateway/*/volume/${volume}`;
  const named = listed.some((entry) => isNamed(entry, volume, arn));
  if (named) return everyTruth([selection.presence, makesBackups(selection)]);
  const tagged = ['ListOfTags', 'Conditions'].some(
    (part) => selection.get(`BackupSelection.${part}`) !== undefined,
  );
  const open = listed.find((entry) => entry instanceof Unknown);
  if (open instanceof Unknown) return open;
  return tagged ? new Unknown('the tags of a volume of Storage Gateway are seen only in the account') : false;
}

function isNamed(entry: Value, volume: string, arn: string): boolean {
  const text = textOf(entry);
  return text !== undefined && (text.endsWith(`/volume/${volume}`) || matchesGlob(text, arn));
}

function makesBackups(selection: Resource): Truth {
  const plan = selection.target('BackupPlanId') ?? false;
  return plan instanceof Resource ? everyTruth([plan.presence, hasRules(plan)]) : plan;
}

function gatewayArns(selection: Resource, part: 'Resources' | 'NotResources'): readonly string[] {
  const list = selection.get(`BackupSelection.${part}`);
  return (isList(list) ? list : [])
    .map(textOf)
    .filter((arn) => arn !== undefined && GATEWAY_ARN.test(arn)) as string[];
}

/** What deploy decides may be anything. */
function textOf(value: Value): string | undefined {
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  return typeof value === 'string' ? value : undefined;
}
