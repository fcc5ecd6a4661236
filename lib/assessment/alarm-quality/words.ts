import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import { runbookInDescription, runbookInEvents } from '../../assembly/observe/alarm-runbook';
import type { Resource } from '../../assembly/resource';
import { tagOf } from '../../assembly/resource-tags';
import { someTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import type { AlarmFinding } from './finding';

const OWNER_TAGS = ['owner', 'Owner', 'team', 'Team', 'resilience:owner'];
/** By hand. `resilience:runbook` is on every alarm of a service that has one, and neither a mail nor a text message shows tags. */
const RUNBOOK_TAGS = ['runbook', 'Runbook'];

/** The service of an alarm, as far as people who are told must know it. */
export interface AlarmOwner {
  /** @default - it belongs to no declared service */
  readonly name?: string | undefined;

  /** Where its runbook is. @default - nobody says */
  readonly runbook?: string | undefined;
}

/** What people who are told cannot see: what to do, and whose it is. */
export function wordless(alarm: Resource, owner: AlarmOwner): readonly AlarmFinding[] {
  return tellsPeopleItself(alarm) ? [...withoutRunbook(alarm, owner), ...withoutOwner(alarm, owner)] : [];
}

/** That its service has a runbook helps nobody who is told and is not led there. */
function withoutRunbook(alarm: Resource, { name, runbook }: AlarmOwner): readonly AlarmFinding[] {
  if (RUNBOOK_TAGS.some((tag) => tagOf(alarm, tag) !== undefined)) return [];
  const isSaid = someTruth([runbookInDescription(alarm), runbookInEvents(alarm)]);
  if (isSaid === true) return [];
  const nowhere =
    'neither its description, nor a tag, nor an event that tells of it says where its runbook is';
  const [where, known] =
    runbook === undefined
      ? ['the address of the runbook', '']
      : [`Runbook: ${runbook}`, `, though ${name ?? 'its service'} has one: ${runbook}`];
  return [
    {
      fault: 'no-runbook',
      alarm,
      weight: 'low',
      sure: isSaid === false,
      found: isSaid instanceof Unknown ? `${nowhere}, as far as is known: ${isSaid.reason}` : nowhere + known,
      fix: `write ${where} into AlarmDescription, or into a tag named runbook`,
    },
  ];
}

function withoutOwner(alarm: Resource, { name }: AlarmOwner): readonly AlarmFinding[] {
  if (name !== undefined || OWNER_TAGS.some((tag) => tagOf(alarm, tag) !== undefined)) return [];
  return [
    {
      fault: 'no-owner',
      alarm,
      weight: 'low',
      sure: true,
      found: 'it belongs to no declared service, and no tag names an owner',
      fix: 'declare the service of its stack, or tag it with an owner',
    },
  ];
}
