import { appRunnerNoticesFailures } from '../../../lib/audit/rules/apr';
import { checks } from '../../support/rule-cases';

const after = (UnhealthyThreshold: unknown) => ({ HealthCheckConfiguration: { UnhealthyThreshold } });

checks(appRunnerNoticesFailures, {
  passes: { 'it waits for three': after(3), 'it waits for five': after('5') },
  fails: { 'it waits for ten': after(10), 'it waits for six': after(6) },
  unknown: { 'deploy decides': after({ Ref: 'AWS::StackId' }) },
  notApplicable: 'every service has a threshold',
});
