import { silentWhen } from '../../../lib/calculus/alarms/silent-metrics';

describe('what a service does not report', () => {
  test('is said in words, by kind and metric', () => {
    expect(silentWhen('work', { namespace: 'AWS/Kinesis', name: 'IncomingRecords' })).toBe(
      'while nothing is to be done',
    );
    expect(silentWhen('work', { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent' })).toBe(
      'once nobody has called the queue for six hours',
    );
    expect(silentWhen('badNews', { namespace: 'AWS/Kinesis', name: 'IncomingRecords' })).toBeUndefined();
  });

  test.each([
    [
      'AWS/Kinesis',
      'GetRecords.IteratorAgeMilliseconds',
      'which is silent where nobody reads, and that is bad',
    ],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'which comes as long as somebody asks the queue'],
    ['AWS/EC2', 'CPUUtilization', 'which comes as long as the instance runs'],
    ['Shop', 'Invocations', 'which is of the user'],
    ['constructor', 'name', 'which is no namespace'],
  ])('is not known of %s %s, %s', (namespace, name) => {
    expect(silentWhen('badNews', { namespace, name })).toBeUndefined();
    expect(silentWhen('work', { namespace, name })).toBeUndefined();
  });
});
