import { accountHasConcurrencyLeft, concurrencyFitsBehind } from '../../../lib/audit/rules/lam-concurrency';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const reserving = (...counts: unknown[]) => ({
  Resources: Object.fromEntries(
    counts.map((count, index) => [
      `Function${index}`,
      of('Lambda::Function', { ReservedConcurrentExecutions: count }),
    ]),
  ),
});
const stack = (region: string, count: number) => ({ region, template: reserving(count) });

checks(accountHasConcurrencyLeft, {
  passes: {
    'enough is left': reserving(400, 500),
    'each region has its own': { stacks: { One: stack('eu-west-1', 600), Two: stack('eu-central-1', 600) } },
  },
  fails: {
    'too little is left': reserving(400, 501),
    'two stacks of one region take it': {
      stacks: { One: stack('eu-west-1', 600), Two: stack('eu-west-1', 600) },
    },
    'what is provisioned counts': {
      Resources: {
        Function: of('Lambda::Function', { ReservedConcurrentExecutions: 500 }),
        Alias: of('Lambda::Alias', {
          FunctionName: 'other',
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 500 },
        }),
      },
    },
  },
  unknown: { 'deploy decides': reserving(400, OPEN) },
  notApplicable: { 'nothing is reserved': {} },
});

const mapping = (MaximumConcurrency: unknown, reserved: object) => ({
  Resources: {
    Mapping: of('Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'Function' },
      ScalingConfig: { MaximumConcurrency },
    }),
    Function: of('Lambda::Function', reserved),
  },
});

checks(concurrencyFitsBehind, {
  passes: {
    'it takes less than it may run': mapping(5, { ReservedConcurrentExecutions: 10 }),
    'it takes as much': mapping('10', { ReservedConcurrentExecutions: '10' }),
  },
  fails: {
    'it takes more': mapping(20, { ReservedConcurrentExecutions: 10 }),
    'it may run one': mapping(2, { ReservedConcurrentExecutions: 1 }),
  },
  unknown: { 'deploy decides': mapping(OPEN, { ReservedConcurrentExecutions: 10 }) },
  notApplicable: { 'it sets no maximum': {}, 'nothing is reserved': mapping(5, {}) },
  equivalent: { 'Mapping.FunctionName': 'a function outside of the app is not known' },
});
