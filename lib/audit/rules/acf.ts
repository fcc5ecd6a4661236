import { CHANGE_SAFETY } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

export const configurationBakes: Rule = {
  id: 'ACF-01',
  title: 'A new configuration is watched for a while before it is final.',
  kind: 'protection',
  why: 'What a bad configuration breaks shows after minutes; when the deployment is over, no alarm rolls it back.',
  fix: 'raise FinalBakeTimeInMinutes',
  severity: LOW,
  appliesTo: ['AWS::AppConfig::DeploymentStrategy'],
  controls: CHANGE_SAFETY,
  parameters: {
    minimumMinutes: {
      meaning: 'Minutes for which alarms are watched after the last step, at least.',
      default: 30,
    },
  },
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/appconfig-deployment-strategy-minimum-final-bake-time.html',
  ],
  check: (strategy, { parameters }) =>
    strategy.atLeast('FinalBakeTimeInMinutes', Number(parameters.minimumMinutes), { unit: 'minutes' }),
};
