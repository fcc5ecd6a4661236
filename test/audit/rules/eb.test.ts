import { beanstalkPatchedByItself, beanstalkReportsHealth } from '../../../lib/audit/rules/eb';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const option = (Namespace: string, OptionName: string, Value: unknown) => ({
  OptionSettings: [{ Namespace, OptionName, Value }],
});
const health = (value: unknown) => option('aws:elasticbeanstalk:healthreporting:system', 'SystemType', value);
const managed = (value: unknown) =>
  option('aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled', value);
const fromTemplate = (properties: object) => ({
  Resources: {
    Environment: {
      Type: 'AWS::ElasticBeanstalk::Environment',
      Properties: { TemplateName: { Ref: 'Template' } },
    },
    Template: { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: properties },
  },
});

checks(beanstalkReportsHealth, {
  passes: { 'it is enhanced': health('enhanced'), 'its template says so': fromTemplate(health('enhanced')) },
  fails: { 'nothing is said': {}, 'it is basic': health('basic') },
  unknown: { 'deploy decides': health(OPEN), 'its template is elsewhere': { TemplateName: 'golden' } },
  notApplicable: 'every environment is asked',
});

checks(beanstalkPatchedByItself, {
  passes: { 'it is': managed('true'), 'as a boolean': managed(true) },
  fails: { 'nothing is said': {}, 'it is not': managed('false') },
  unknown: { 'deploy decides': managed(OPEN) },
  notApplicable: 'every environment is asked',
});
