import { beanstalkOption } from '../../assembly/compute/beanstalk-options';
import { MONITORING, PATCHING } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg';
const TYPES = ['AWS::ElasticBeanstalk::Environment', 'AWS::ElasticBeanstalk::ConfigurationTemplate'];

export const beanstalkReportsHealth: Rule = {
  id: 'EB-01',
  title: 'Elastic Beanstalk environments report enhanced health.',
  kind: 'monitoring',
  why: 'Basic health sees only whether the load balancer answers, minutes after instances have begun to fail.',
  fix: 'set SystemType of aws:elasticbeanstalk:healthreporting:system to enhanced',
  severity: LOW,
  appliesTo: TYPES,
  controls: MONITORING,
  sources: [`${GUIDE}/health-enhanced.html`],
  check: (environment) =>
    beanstalkOption(environment, {
      namespace: 'aws:elasticbeanstalk:healthreporting:system',
      name: 'SystemType',
      value: 'enhanced',
    }),
};

export const beanstalkPatchedByItself: Rule = {
  id: 'EB-02',
  title: 'Elastic Beanstalk environments take new versions of their platform by themselves.',
  kind: 'protection',
  why: 'Corrections of the platform wait for somebody to remember the environment.',
  fix: 'set ManagedActionsEnabled of aws:elasticbeanstalk:managedactions to true',
  severity: LOW,
  appliesTo: TYPES,
  controls: PATCHING,
  sources: [`${GUIDE}/environment-platform-update-managed.html`],
  check: (environment) =>
    beanstalkOption(environment, {
      namespace: 'aws:elasticbeanstalk:managedactions',
      name: 'ManagedActionsEnabled',
      value: 'true',
    }),
};
