import { CfnResourcePolicy, type LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { keptLogs } from '../../governance/log-group';
import type { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';

const KINDS: Readonly<Record<string, string>> = {
  Application: 'ES_APPLICATION_LOGS',
  Audit: 'AUDIT_LOGS',
  SlowIndex: 'INDEX_SLOW_LOGS',
  SlowSearch: 'SEARCH_SLOW_LOGS',
};

/** Where the logs of a domain go, and the leave to send them there. @internal */
export class SearchLogs extends Construct {
  readonly groups: Readonly<Record<string, LogGroup>>;
  readonly policy: CfnResourcePolicy;

  constructor(scope: Construct, id: string, choices: TierChoices, retention: RetentionDays) {
    super(scope, id);
    this.groups = Object.fromEntries(
      Object.entries(KINDS).map(([name, kind]) => {
        const group = keptLogs(this, name, choices, { retention });
        return [kind, group];
      }),
    );
    const stack = Stack.of(this);
    this.policy = new CfnResourcePolicy(this, 'Policy', {
      policyName: `${sharedName(scope, 200)}-logs`,
      policyDocument: stack.toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'es.amazonaws.com' },
            Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
            Resource: Object.values(this.groups).map(({ logGroupArn }) => logGroupArn),
            Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
          },
        ],
      }),
    });
  }

  /** As the domain wants to be told. */
  get publishing(): Record<string, { enabled: boolean; cloudWatchLogsLogGroupArn: string }> {
    return Object.fromEntries(
      Object.entries(this.groups).map(([kind, group]) => [
        kind,
        { enabled: true, cloudWatchLogsLogGroupArn: group.logGroupArn },
      ]),
    );
  }
}
