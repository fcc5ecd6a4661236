import { notApplicable } from '../../assembly/judgement';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const SUBNETS = 'VpcConfig.SubnetIds';

export const functionSpansZones: Rule = {
  id: 'LAM-05',
  title: 'Functions in a network have subnets in at least two zones.',
  kind: 'redundancy',
  why: 'Lambda spreads a function over all zones, but in a network only over those of its subnets: with one zone, the function is gone with it.',
  fix: 'give the function subnets in at least two zones',
  severity: HIGH,
  appliesTo: ['AWS::Lambda::Function'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html'],
  check: (lambda) =>
    lambda.isSet(SUBNETS).outcome === 'fail'
      ? notApplicable('a function outside a network runs in every zone')
      : lambda.zones.atLeast(2, SUBNETS),
};
