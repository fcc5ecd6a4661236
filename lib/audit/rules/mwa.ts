import { LOG_RETENTION } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

export const airflowWritesLogs: Rule = {
  id: 'MWA-01',
  title: 'The scheduler, the workers and the web server of Airflow write logs.',
  kind: 'monitoring',
  why: 'Why a run did not start or did not end can be read nowhere else.',
  fix: 'enable SchedulerLogs, WorkerLogs and WebserverLogs in LoggingConfiguration',
  severity: LOW,
  appliesTo: ['AWS::MWAA::Environment'],
  controls: LOG_RETENTION,
  sources: ['https://docs.aws.amazon.com/mwaa/latest/userguide/monitoring-airflow.html'],
  check: (environment) =>
    ['Scheduler', 'Worker', 'Webserver'].map((component) =>
      environment.is(`LoggingConfiguration.${component}Logs.Enabled`, true),
    ),
};
