import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { BACKUP } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const DOCS = 'https://docs.aws.amazon.com';
const CHECKPOINTS = 'ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration';

export const streamKeepsRecords: Rule = {
  id: 'KIN-01',
  title: 'Data streams keep records long enough to read them again.',
  kind: 'backup',
  why: 'A consumer that is down, or wrong, for longer than the stream keeps records has lost them.',
  fix: 'set RetentionPeriodHours to 168 or more',
  severity: MEDIUM,
  appliesTo: ['AWS::Kinesis::Stream'],
  subsumes: ['CFN-06'],
  controls: BACKUP,
  parameters: {
    minimumHours: { meaning: 'How many hours a stream keeps records at the least.', default: 168 },
  },
  sources: [`${DOCS}/config/latest/developerguide/kinesis-stream-backup-retention-check.html`],
  check: (stream, { parameters }) =>
    stream.atLeast('RetentionPeriodHours', Number(parameters.minimumHours), { unit: 'hours' }),
};

export const flinkSetsCheckpoints: Rule = {
  id: 'KIN-02',
  title: 'Flink applications set checkpoints.',
  kind: 'backup',
  why: 'Without checkpoints an application that is started again has lost its state.',
  fix: 'set ConfigurationType of the checkpoints to DEFAULT, or CheckpointingEnabled to true',
  severity: MEDIUM,
  appliesTo: ['AWS::KinesisAnalyticsV2::Application'],
  controls: BACKUP,
  sources: [`${DOCS}/managed-flink/latest/java/how-fault.html`],
  check: judgeCheckpoints,
};

export const videoIsKept: Rule = {
  id: 'KIN-03',
  title: 'Video streams keep what they take in.',
  kind: 'backup',
  why: 'A stream that keeps nothing has lost what was not watched as it came in.',
  fix: 'set DataRetentionInHours',
  severity: LOW,
  appliesTo: ['AWS::KinesisVideo::Stream'],
  controls: BACKUP,
  parameters: { minimumHours: { meaning: 'How many hours a stream keeps video at the least.', default: 24 } },
  sources: [`${DOCS}/config/latest/developerguide/kinesis-video-stream-minimum-data-retention.html`],
  check: (stream, { parameters }) =>
    stream.atLeast('DataRetentionInHours', Number(parameters.minimumHours), { unit: 'hours' }),
};

function judgeCheckpoints(application: Resource): Judgement {
  const runtime = application.text('RuntimeEnvironment');
  if (runtime instanceof Unknown) return unknown('RuntimeEnvironment', runtime);
  if (!runtime?.includes('FLINK')) return notApplicable('it is no Flink application');
  const standard = application.is(`${CHECKPOINTS}.ConfigurationType`, 'DEFAULT');
  if (standard.outcome !== 'fail') return standard;
  return application.is(`${CHECKPOINTS}.CheckpointingEnabled`, true);
}
