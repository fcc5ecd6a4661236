import { flinkSetsCheckpoints, streamKeepsRecords, videoIsKept } from '../../../lib/audit/rules/kin';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };

checks(streamKeepsRecords, {
  passes: {
    'it keeps them for a week': { RetentionPeriodHours: 168 },
    'it keeps them for a month': { RetentionPeriodHours: '720' },
  },
  fails: { 'it keeps them for a day': {}, 'it keeps them for six days': { RetentionPeriodHours: 144 } },
  unknown: { 'deploy decides': { RetentionPeriodHours: OPEN } },
  notApplicable: 'every stream is asked',
});

const flink = (CheckpointConfiguration: object) => ({
  RuntimeEnvironment: 'FLINK-1_20',
  ApplicationConfiguration: { FlinkApplicationConfiguration: { CheckpointConfiguration } },
});

checks(flinkSetsCheckpoints, {
  passes: {
    'it sets its own': flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: true }),
    'it takes those of the service': flink({ ConfigurationType: 'DEFAULT', CheckpointingEnabled: false }),
  },
  fails: {
    'it sets none': flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: false }),
    'the switch is a text': flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: 'false' }),
  },
  unknown: { 'deploy decides': flink({ ConfigurationType: OPEN }) },
  notApplicable: { 'it is written in SQL': { RuntimeEnvironment: 'SQL-1_0' } },
  equivalent: {
    'Subject.RuntimeEnvironment': 'what is no Flink has no checkpoints',
    'Subject.*.CheckpointingEnabled': 'where the service sets them the switch says nothing',
    'Subject.*.ConfigurationType': 'of its own checkpoints the switch decides',
  },
});

checks(videoIsKept, {
  passes: {
    'it is kept for a day': { DataRetentionInHours: 24 },
    'for a week': { DataRetentionInHours: 168 },
  },
  fails: { 'it is not kept': {}, 'it is kept for an hour': { DataRetentionInHours: 1 } },
  unknown: { 'deploy decides': { DataRetentionInHours: OPEN } },
  notApplicable: 'every stream is asked',
});
