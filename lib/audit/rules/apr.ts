import { HEALTH_CHECKS } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

export const appRunnerNoticesFailures: Rule = {
  id: 'APR-01',
  title: 'App Runner replaces instances after few failed health checks.',
  kind: 'redundancy',
  why: 'Each failed check that is waited for is a time in which requests fail.',
  fix: 'lower UnhealthyThreshold',
  severity: LOW,
  appliesTo: ['AWS::AppRunner::Service'],
  controls: HEALTH_CHECKS,
  parameters: {
    maximumChecks: { meaning: 'How many failed checks are waited for at the most.', default: 5 },
  },
  sources: ['https://docs.aws.amazon.com/apprunner/latest/dg/manage-configure-healthcheck.html'],
  check: (service, { parameters }) =>
    service.atMost('HealthCheckConfiguration.UnhealthyThreshold', Number(parameters.maximumChecks), {
      unit: 'checks',
    }),
};
