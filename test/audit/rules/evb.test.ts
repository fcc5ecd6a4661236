import { globalEndpointReplicates, targetsKeepFailures } from '../../../lib/audit/rules/evb';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const KEPT = { DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:dead' } };
const one = (type: string, Properties: object) => ({
  Resources: { One: { Type: `AWS::${type}`, Properties } },
});
const pipe = (Source: unknown, more: object = {}) => one('Pipes::Pipe', { Source, ...more });
const STREAM = 'arn:aws:kinesis:eu-west-1:111111111111:stream/orders';

checks(targetsKeepFailures, {
  passes: {
    'all targets do': { Targets: [KEPT, KEPT] },
    'a schedule does': one('Scheduler::Schedule', { Target: KEPT }),
    'a pipe from a stream does': pipe(STREAM, { SourceParameters: { KinesisStreamParameters: KEPT } }),
  },
  fails: {
    'one target does not': { Targets: [KEPT, { Arn: 'a' }] },
    'a schedule does not': one('Scheduler::Schedule', { Target: { Arn: 'a' } }),
    'a pipe from a stream does not': pipe(STREAM),
  },
  unknown: {
    'the targets are open': { Targets: OPEN },
    'the source is open': pipe(OPEN),
  },
  notApplicable: { 'it has no targets': {}, 'the source is a queue': pipe('arn:aws:sqs:eu-west-1:1:orders') },
  equivalent: { 'One.Source': 'another source has no dead-letter queue of the pipe' },
});

const state = (State: unknown) => ({ ReplicationConfig: { State } });

checks(globalEndpointReplicates, {
  passes: {
    'it does': state('ENABLED'),
    'either choice does': state({ 'Fn::If': ['A', 'ENABLED', 'ENABLED'] }),
  },
  fails: { 'it does not': state('DISABLED'), 'it is empty': state('') },
  unknown: { 'deploy decides': state(OPEN) },
  notApplicable: 'every endpoint is asked',
});
