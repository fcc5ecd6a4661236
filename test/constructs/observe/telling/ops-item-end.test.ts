import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Stack } from 'aws-cdk-lib/core';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../../../lib/constructs/observe/telling/incident-severity';
import { shopStack } from '../../fixtures';

function templateWith(destinationsIn: (stack: Stack) => readonly IncidentDestination[]): Template {
  const stack = shopStack(2, {}, { runbook: 'https://runbooks.example.com/shop' });
  const alarm = new Alarm(stack, 'Checkout', {
    metric: new Metric({ namespace: 'Shop', metricName: 'FailedPayments' }),
    threshold: 10,
    evaluationPeriods: 1,
  });
  new IncidentBridge(stack, 'Incidents', {
    destinations: destinationsIn(stack),
    fallback: [new SmsSubscription('+15550100')],
    alarms: [alarm],
  });
  return Template.fromStack(stack);
}

const starting = (start: string) => Match.stringLikeRegexp(`^${start}`);
const arnOf = (start: string) => ({ 'Fn::GetAtt': [starting(start), 'Arn'] });
const handler = arnOf('IncidentsOpsItemEndHandler');
const deadLetters = arnOf('IncidentsDeadLetters');

describe('the end of OpsItems', () => {
  const template = templateWith(() => [
    IncidentDestination.opsItem({ leastSeverity: IncidentSeverity.SEV_3 }),
  ]);

  it('is told to a function, of the severities whose beginning opens one, as long and as often as to tools', () => {
    const detail = { data: { severity: ['SEV-1', 'SEV-2', 'SEV-3'] } };
    const source = ['cdk-nines.incidents'];
    const EventBusName = { Ref: starting('IncidentsBus') };
    const kept = {
      DeadLetterConfig: { Arn: deadLetters },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    };
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName,
      EventPattern: { source, 'detail-type': ['trigger'], detail },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('opsitem$')])] },
          ...kept,
        }),
      ],
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName,
      EventPattern: { source, 'detail-type': ['resolve'], detail },
      Targets: [Match.objectLike({ Arn: handler, InputPath: '$.detail', ...kept })],
    });
  });

  it('waits among the dead letters of the bridge where AWS refuses it three times', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: starting('IncidentsOpsItemEndHandler') },
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { TABLE: { Ref: starting('IncidentsMemory') }, SERVICE: 'shop' } },
      DeadLetterConfig: { TargetArn: deadLetters },
    });
  });

  it('may list items, change items, and read what was told', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: starting('IncidentsOpsItemEndHandler') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: arnOf('IncidentsMemory') },
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:DescribeKey'],
            Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } },
          }),
          { Effect: 'Allow', Action: 'ssm:DescribeOpsItems', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'ssm:UpdateOpsItem',
            Resource: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111122223333:opsitem/*']],
            },
          },
        ]),
      },
    });
  });

  it('has an alarm where EventBridge cannot hand it over', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'FailedInvocations',
      AlarmDescription: starting('OpsItem was not told'),
      Dimensions: Match.arrayWith([
        {
          Name: 'RuleName',
          Value: { 'Fn::Select': [2, { 'Fn::Split': ['/', arnOf('IncidentsOpsItemEndRule')] }] },
        },
      ]),
    });
  });

  it('is no part of what the service owes its users', () => {
    template.hasResource('AWS::Lambda::Function', {
      Properties: { Description: 'Resolves the OpsItems of incidents that are over' },
      Metadata: { 'cdk-nines': { operationalBecause: 'it closes tickets, which people can close as well' } },
    });
  });
});

it('needs no function where no OpsItem is opened', () => {
  const template = templateWith((stack) => [
    IncidentDestination.pagerDuty({ routingKey: Secret.fromSecretNameV2(stack, 'Key', 'shop/pagerduty') }),
  ]);
  template.resourcePropertiesCountIs(
    'AWS::Lambda::Function',
    { Description: starting('Resolves the OpsItems') },
    0,
  );
  template.resourcePropertiesCountIs(
    'AWS::Events::Rule',
    { EventPattern: { 'detail-type': ['resolve'] } },
    0,
  );
});
