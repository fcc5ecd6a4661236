import { graphqlIsTraced } from '../../../lib/audit/rules/trc';
import { checks } from '../../support/rule-cases';

checks(graphqlIsTraced, {
  passes: { 'it is traced': { XrayEnabled: true }, 'as a text': { XrayEnabled: 'true' } },
  fails: { 'nothing is said': {}, 'it is not': { XrayEnabled: false } },
  unknown: { 'deploy decides': { XrayEnabled: { Ref: 'AWS::StackId' } } },
  notApplicable: 'every API is asked',
});
