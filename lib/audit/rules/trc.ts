import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { INFO } from '../severity';

export const graphqlIsTraced: Rule = {
  id: 'TRC-01',
  title: 'GraphQL APIs are traced.',
  kind: 'monitoring',
  why: 'Which resolver makes a request slow or fail is guesswork without a trace.',
  fix: 'set XrayEnabled to true',
  severity: INFO,
  appliesTo: ['AWS::AppSync::GraphQLApi'],
  controls: MONITORING,
  sources: ['https://docs.aws.amazon.com/appsync/latest/devguide/x-ray-tracing.html'],
  check: (api) => api.is('XrayEnabled', true),
};
