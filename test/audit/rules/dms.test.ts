import {
  replicationPatchedByItself,
  replicationSurvivesZone,
  replicationTaskLogs,
} from '../../../lib/audit/rules/dms';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };

checks(replicationSurvivesZone, {
  passes: { 'it does': { MultiAZ: true }, 'it does, in text': { MultiAZ: 'true' } },
  fails: { 'it does not by default': {}, 'it does not': { MultiAZ: false } },
  unknown: { 'an import says': { MultiAZ: IMPORT } },
  notApplicable: 'every instance can have a standby',
});

checks(replicationPatchedByItself, {
  passes: {
    'it is': { AutoMinorVersionUpgrade: true },
    'it is by default': { AutoMinorVersionUpgrade: ABSENT },
  },
  fails: {
    'it is not': { AutoMinorVersionUpgrade: false },
    'it is not, in text': { AutoMinorVersionUpgrade: 'false' },
  },
  unknown: { 'an import says': { AutoMinorVersionUpgrade: IMPORT } },
  notApplicable: 'every instance can be patched by itself',
});

const settings = (Logging: unknown) => ({ ReplicationTaskSettings: JSON.stringify({ Logging }) });
const severity = (Id: string, Severity: string) =>
  settings({ EnableLogging: true, LogComponents: [{ Id, Severity }] });

checks(replicationTaskLogs, {
  passes: {
    'it logs by default': settings({ EnableLogging: true }),
    'it logs more': severity('SOURCE_CAPTURE', 'LOGGER_SEVERITY_DEBUG'),
    'something else logs less': severity('TASK_MANAGER', 'LOGGER_SEVERITY_ERROR'),
  },
  fails: {
    'it has no settings': {},
    'its settings say nothing of logs': { ReplicationTaskSettings: '{}' },
    'it does not log': settings({ EnableLogging: false }),
    'the source logs errors only': severity('SOURCE_UNLOAD', 'LOGGER_SEVERITY_ERROR'),
    'the target logs warnings only': severity('TARGET_APPLY', 'LOGGER_SEVERITY_WARNING'),
  },
  unknown: {
    'the settings are an import': { ReplicationTaskSettings: IMPORT },
    'the settings are no JSON': { ReplicationTaskSettings: 'settings.json' },
    'the settings are nothing': { ReplicationTaskSettings: 'null' },
  },
  notApplicable: 'every task logs or does not',
});
