import { type Judgement, notApplicable } from '../../assembly/judgement';
import { eachEntry } from '../../assembly/list-entries';
import type { Resource } from '../../assembly/resource';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const VARIANTS = 'ProductionVariants';

export const endpointHasTwoInstances: Rule = {
  id: 'SGM-01',
  title: 'Every variant of an endpoint runs on at least two instances.',
  kind: 'redundancy',
  why: 'SageMaker spreads instances over zones: one stands in one zone, and is gone with it.',
  fix: 'set InitialInstanceCount of every variant to 2 or more',
  severity: MEDIUM,
  appliesTo: ['AWS::SageMaker::EndpointConfig'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/best-practice-endpoint-deployment.html'],
  check: (config) => {
    const judged = eachEntry(config, VARIANTS, (variant) => judgeVariant(config, variant));
    return judged.length > 0 ? judged : notApplicable('it has no variants');
  },
};

function judgeVariant(config: Resource, variant: string): Judgement {
  return config.isSet(`${variant}.ServerlessConfig`).outcome === 'pass'
    ? notApplicable('SageMaker runs the variant in as many zones as it needs')
    : config.atLeast(`${variant}.InitialInstanceCount`, 2);
}
