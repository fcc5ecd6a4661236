import { BACKED_UP_TYPES } from '../../assembly/backup/backup-arn';
import { type BackupSelection, backupSelection } from '../../assembly/backup/backup-selection';
import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const selectionsSelectSomething: Rule = {
  id: 'X-40',
  title: 'Backup selections select resources of the app.',
  kind: 'backup',
  why: 'The plan looks like protection and backs up nothing: no resource has the tag, or all are in another region or account.',
  fix: 'tag the resources as the selection asks, or put a plan into their own region and account',
  severity: HIGH,
  appliesTo: ['AWS::Backup::BackupSelection'],
  controls: families.BACKUP_COVERAGE,
  check: (resource, { graph }) => {
    const candidates = graph.ofType(...BACKED_UP_TYPES);
    const selection = backupSelection(resource);
    return (
      judgeSelected(selection, candidates) ??
      judgeUnseen(selection, candidates) ??
      nothing(selection, candidates)
    );
  },
};

function judgeSelected(
  { resource, selects }: BackupSelection,
  candidates: readonly Resource[],
): Judgement | undefined {
  let open: Unknown | undefined;
  for (const candidate of candidates) {
    const selected = selects(candidate);
    const truth = selected === true ? existsWith(candidate, resource) : selected;
    if (truth === true) return pass({ found: `selects ${candidate.logicalId}` });
    if (truth instanceof Unknown) open ??= truth;
  }
  return open && unknown(propertyOf(resource), open);
}

/** What a selection may mean besides the resources that the templates show. */
function judgeUnseen({ resource }: BackupSelection, candidates: readonly Resource[]): Judgement | undefined {
  const [macro] = resource.stack.graph.unreadable;
  if (macro !== undefined) return unknown(propertyOf(resource), macro);
  if (candidates.length === 0)
    return unknown(propertyOf(resource), 'what it selects is not in the app, which has nothing to back up');
  const listed = resource.list('BackupSelection.Resources');
  const literal = listed instanceof Unknown ? undefined : listed.find(isLiteralArn);
  return literal === undefined
    ? undefined
    : unknown('BackupSelection.Resources', `${String(literal)} is not in the app`);
}

function isLiteralArn(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('arn:') && !value.includes('*');
}

function nothing({ resource, wouldSelect }: BackupSelection, candidates: readonly Resource[]): Judgement {
  const elsewhere = candidates.find((candidate) => wouldSelect(candidate) === true);
  return fail({
    property: propertyOf(resource),
    found: elsewhere
      ? `only resources in another region or account, such as ${elsewhere.logicalId}`
      : `none of ${candidates.length} resources that could be backed up`,
    needed: 'at least 1 resource',
  });
}

function propertyOf(selection: Resource): string {
  const parts = ['ListOfTags', 'Conditions'].map((part) => `BackupSelection.${part}`);
  return parts.find((path) => selection.get(path) !== undefined) ?? 'BackupSelection.Resources';
}
