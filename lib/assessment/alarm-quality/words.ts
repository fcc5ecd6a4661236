import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import type { Resource } from '../../assembly/resource';
import { tagOf } from '../../assembly/resource-tags';
import { describe } from '../../assembly/value';
import type { AlarmFinding } from './finding';

const OWNER_TAGS = ['owner', 'Owner', 'team', 'Team', 'resilience:owner'];
const RUNBOOK_TAGS = ['runbook', 'Runbook', 'resilience:runbook'];
const POINTS_SOMEWHERE = /runbook|playbook|https?:\/\//i;

/** What people who are told cannot see: what to do, and whose it is. */
export function wordless(alarm: Resource, owner: string | undefined): readonly AlarmFinding[] {
  if (!tellsPeopleItself(alarm)) return [];
  const findings: AlarmFinding[] = [];
  const description = alarm.get('AlarmDescription');
  const hasRunbook =
    (description !== undefined && POINTS_SOMEWHERE.test(describe(description))) ||
    RUNBOOK_TAGS.some((tag) => tagOf(alarm, tag) !== undefined);
  if (!hasRunbook)
    findings.push({
      fault: 'no-runbook',
      alarm,
      weight: 'low',
      sure: true,
      found: 'neither its description nor a tag says where its runbook is',
      fix: 'write the address of the runbook into AlarmDescription, or into a tag named runbook',
    });
  if (owner === undefined && OWNER_TAGS.every((tag) => tagOf(alarm, tag) === undefined))
    findings.push({
      fault: 'no-owner',
      alarm,
      weight: 'low',
      sure: true,
      found: 'it belongs to no declared service, and no tag names an owner',
      fix: 'declare the service of its stack, or tag it with an owner',
    });
  return findings;
}
