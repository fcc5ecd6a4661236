import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isList, isMap, Unknown, type Value } from '../../assembly/value';
import { LOG_RETENTION, PATCHING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const INSTANCE = ['AWS::DMS::ReplicationInstance'];
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/dms-controls.html';
const SETTINGS = 'ReplicationTaskSettings';

/** What logs no less than the default does, by what reads from the source and what writes to the target. */
const SIDES = {
  source: ['SOURCE_UNLOAD', 'SOURCE_CAPTURE'],
  target: ['TARGET_LOAD', 'TARGET_APPLY'],
} as const;
const ENOUGH: readonly unknown[] = [
  'LOGGER_SEVERITY_DEFAULT',
  'LOGGER_SEVERITY_DEBUG',
  'LOGGER_SEVERITY_DETAILED_DEBUG',
];

export const replicationSurvivesZone: Rule = {
  id: 'DMS-01',
  title: 'Replication instances have a standby in another zone.',
  kind: 'redundancy',
  why: 'With its zone, replication stops and the copy falls behind until a new instance is built.',
  fix: 'set MultiAZ to true',
  severity: MEDIUM,
  appliesTo: INSTANCE,
  controls: REDUNDANCY,
  sources: [`${SECURITY_HUB}#dms-13`],
  check: (instance) => instance.is('MultiAZ', true),
};

export const replicationPatchedByItself: Rule = {
  id: 'DMS-02',
  title: 'Replication instances take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the instance.',
  fix: 'set AutoMinorVersionUpgrade to true',
  severity: LOW,
  appliesTo: INSTANCE,
  controls: PATCHING,
  sources: [`${SECURITY_HUB}#dms-6`],
  check: (instance) => instance.is('AutoMinorVersionUpgrade', true),
};

export const replicationTaskLogs: Rule = {
  id: 'DMS-03',
  title: 'Replication tasks log what they read and write.',
  kind: 'monitoring',
  why: 'Why replication stopped, or which rows it left out, is written nowhere else.',
  fix: 'set EnableLogging to true in ReplicationTaskSettings, with LOGGER_SEVERITY_DEFAULT or more for source and target',
  severity: LOW,
  appliesTo: ['AWS::DMS::ReplicationTask'],
  controls: LOG_RETENTION,
  sources: [`${SECURITY_HUB}#dms-7`, `${SECURITY_HUB}#dms-8`],
  check: (task) => {
    const logging = loggingOf(task);
    if (logging instanceof Unknown) return unknown(SETTINGS, logging);
    if (logging?.EnableLogging !== true)
      return fail({ property: SETTINGS, found: 'no logging', needed: 'EnableLogging: true' });
    return [logsSide(logging, 'source'), logsSide(logging, 'target')];
  },
};

interface Logging {
  readonly EnableLogging?: unknown;
  readonly LogComponents?: unknown;
}

/** The settings are JSON in a text; a task without settings takes those of the service, which log nothing. */
function loggingOf(task: Resource): Logging | Unknown | undefined {
  const text = task.text(SETTINGS);
  if (text === undefined || text instanceof Unknown) return text;
  try {
    const { Logging: logging } = JSON.parse(text) as { readonly Logging?: Logging };
    return isMap(logging as Value) ? logging : undefined;
  } catch {
    return new Unknown(`${SETTINGS} is no JSON before deploy`);
  }
}

/** A component that the list leaves out logs at the default. */
function logsSide({ LogComponents: components }: Logging, side: keyof typeof SIDES): Judgement {
  const listed = isList(components as Value) ? (components as readonly Value[]) : [];
  const names: readonly unknown[] = SIDES[side];
  const quiet = listed.find(
    (component) => isMap(component) && names.includes(component.Id) && !ENOUGH.includes(component.Severity),
  );
  return isMap(quiet)
    ? fail({
        property: SETTINGS,
        found: `${String(quiet.Severity)} for ${String(quiet.Id)}`,
        needed: 'LOGGER_SEVERITY_DEFAULT or more',
      })
    : pass({ property: SETTINGS, found: `logging of the ${side}` });
}
