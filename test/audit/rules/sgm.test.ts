import { endpointHasTwoInstances } from '../../../lib/audit/rules/sgm';
import { checks } from '../../support/rule-cases';

const variants = (...counts: unknown[]) => ({
  ProductionVariants: counts.map((InitialInstanceCount) => ({ InitialInstanceCount })),
});

checks(endpointHasTwoInstances, {
  passes: { 'it has two': variants(2), 'each has': variants(3, '2') },
  fails: { 'it has one': variants(1), 'one of two has one': variants(2, 1) },
  unknown: { 'deploy decides': variants({ Ref: 'AWS::StackId' }) },
  notApplicable: {
    'it is serverless': { ProductionVariants: [{ ServerlessConfig: { MaxConcurrency: 5 } }] },
    'it has no variants': {},
  },
});
