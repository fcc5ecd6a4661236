import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-alarms-report-'));
const template = join(folder, 'shop.template.json');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sectionOf(Resources: object, ...flags: readonly string[]) {
  writeFileSync(template, JSON.stringify({ Resources }));
  const { out } = await nines('report', template, '--out', '-', ...flags);
  return { out, section: /<section id="alarms".*?<\/section>/s.exec(out)?.[0] ?? '' };
}

const watching = (more: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 600,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  },
});

const QUEUE = { Type: 'AWS::SQS::Queue' };

describe('the alarms of the report', () => {
  it('has a row for each resource and metric that must be watched', async () => {
    const { out, section } = await sectionOf({ Queue: QUEUE });
    expect(section).toContain('0 of 1 mandatory metrics of tiers 0 and 1 have an alarm that tells somebody.');
    expect(section).toContain('✗ no alarm');
    expect(out).toContain('<a href="#alarms">Alarms</a>');
  });

  it('tells an alarm that tells nobody from one that does', async () => {
    const untold = await sectionOf({ Queue: QUEUE, Late: watching({}) });
    expect(untold.section).toContain('✗ tells nobody');
    expect(untold.section).toContain('no-action');
    const AlarmActions = ['arn:aws:sns:eu-west-1:111122223333:calls'];
    const told = await sectionOf({ Queue: QUEUE, Late: watching({ AlarmActions }) });
    expect(told.section).toContain('✓ told');
    expect(told.section).toContain('arn:aws:sns:eu-west-1:111122223333:calls');
  });

  it('says that an alarm looks the wrong way', async () => {
    const AlarmActions = ['arn:aws:sns:eu-west-1:111122223333:calls'];
    const Late = watching({ AlarmActions, ComparisonOperator: 'LessThanThreshold' });
    const { section } = await sectionOf({ Queue: QUEUE, Late });
    expect(section).toContain('✗ looks the wrong way');
    expect(section).not.toContain('✗ tells nobody');
  });

  it('says where the tier owes no alarm', async () => {
    const { section } = await sectionOf({ Queue: QUEUE }, '--tier', '3');
    expect(section).toContain('no alarm, not owed');
  });

  it('is left out where nothing has to be watched', async () => {
    const { out, section } = await sectionOf({ Topic: { Type: 'AWS::SNS::Topic' } });
    expect(section).toBe('');
    expect(out).not.toContain('#alarms');
  });
});
