import { airflowWritesLogs } from '../../../lib/audit/rules/mwa';
import { checks } from '../../support/rule-cases';

const logs = (Scheduler: unknown, Worker: unknown, Webserver: unknown) => ({
  LoggingConfiguration: {
    SchedulerLogs: { Enabled: Scheduler },
    WorkerLogs: { Enabled: Worker },
    WebserverLogs: { Enabled: Webserver },
  },
});

checks(airflowWritesLogs, {
  passes: { 'all write': logs(true, true, true), 'all say so in texts': logs('true', 'true', 'true') },
  fails: { 'none writes': {}, 'the workers do not': logs(true, false, true) },
  unknown: { 'deploy decides': logs(true, { Ref: 'AWS::StackId' }, true) },
  notApplicable: 'every environment is asked',
});
