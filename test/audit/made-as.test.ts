import { audit } from '../../lib/audit/engine';
import { covers } from '../../lib/audit/exceptions';
import { fingerprintsOf } from '../../lib/audit/fingerprint';
import { RULES } from '../../lib/audit/rules';
import { apiIsTraced, apiWritesLogs } from '../../lib/audit/rules/api';
import { graphOf } from '../support/graph';
import { TODAY } from '../support/rule-cases';

const api = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod' } };
const handler = (...paths: readonly string[]) => ({
  Type: 'AWS::Serverless::Function',
  Properties: {
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    CodeUri: 's3://code/orders.zip',
    Events: Object.fromEntries(
      paths.map((path) => [path, { Type: 'SQS', Properties: { Queue: 'arn:aws:sqs:eu-west-1:1:q' } }]),
    ),
  },
});
const app = (Resources: Readonly<Record<string, unknown>>) =>
  graphOf({ Transform: 'AWS::Serverless-2016-10-31', Resources });
const stageOf = (resources: Readonly<Record<string, unknown>>) => {
  const [stage] = app(resources).ofType('AWS::ApiGateway::Stage');
  if (!stage) throw new Error('there is no stage');
  return stage;
};

describe('what the serverless transform makes', () => {
  it('is named by what stands in the template, and says what it is made as', () => {
    const { verdicts } = audit([app({ Orders: api })], { rules: [apiIsTraced], today: TODAY });
    expect(verdicts).toEqual([
      expect.objectContaining({
        logicalId: 'Orders',
        madeAs: 'OrdersprodStage',
        type: 'AWS::ApiGateway::Stage',
        message: expect.stringMatching(/OrdersprodStage, which the serverless transform makes of Orders\)$/),
      }),
    ]);
  });

  it('is told apart from what else is made of the same', () => {
    const { verdicts } = audit([app({ Poll: handler('A', 'B'), Orders: api })], {
      rules: RULES,
      today: TODAY,
    });
    const made = verdicts.filter(({ madeAs }) => madeAs !== undefined);
    const fingerprints = fingerprintsOf(verdicts);
    expect(made.length).toBeGreaterThan(5);
    expect(new Set(fingerprints.values()).size).toBe(verdicts.length);
    for (const verdict of made) expect(fingerprints.get(verdict)).toContain(`|${verdict.madeAs}|`);
  });

  it('may be accepted under either name', () => {
    const judged = {
      resource: stageOf({ Orders: api }),
      service: { name: 'orders' } as Parameters<typeof covers>[1]['service'],
    };
    const accepted = ['Orders', 'OrdersprodStage', 'OrdersDeployment'].map((resource) =>
      covers({ stack: 'app', resource }, judged),
    );
    expect(accepted).toEqual([true, true, false]);
  });

  it('is found by a pattern of either name', () => {
    const judge = (path: string) => {
      const config = { services: [], overrides: [{ paths: [path], rules: { 'API-03': { level: 'off' } } }] };
      const { verdicts } = audit([app({ Orders: api })], {
        rules: [apiWritesLogs],
        today: TODAY,
        config: config as never,
      });
      return verdicts.filter(({ type }) => type === 'AWS::ApiGateway::Stage').length;
    };
    expect(['app/Orders', 'app/OrdersprodStage', 'app/Other'].map(judge)).toEqual([0, 0, 1]);
  });
});
