import Ajv2020 from 'ajv/dist/2020';
import { differenceOf } from '../../lib/assessment/difference';
import { meantBy, parseLoss, parseLosses, simulate } from '../../lib/assessment/simulate';
import { assessmentJson } from '../../lib/evidence/assessment-json';
import { differenceJson } from '../../lib/evidence/difference';
import { simulationJson } from '../../lib/evidence/simulation';
import assessmentSchema from '../../schemas/assessment-1.schema.json';
import differenceSchema from '../../schemas/difference-1.schema.json';
import simulationSchema from '../../schemas/simulation-1.schema.json';
import { assessed } from '../support/assess';

const HOSTILE = '</script>\u001b[31m';

function database(properties: object) {
  return assessed({
    stacks: {
      shop: {
        region: 'eu-west-1',
        paths: { Db: `shop/${HOSTILE}` },
        template: {
          Resources: {
            Db: { Type: 'AWS::RDS::DBInstance', Properties: properties },
            Api: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 5 } },
          },
        },
      },
    },
  });
}

const before = { services: [database({ MultiAZ: true })] };
const after = { services: [database({ AvailabilityZone: 'eu-west-1a' })] };

function text(pieces: Iterable<string>): string {
  return [...pieces].join('');
}

const difference = { services: differenceOf(before, after), data: [] };
const simulation = {
  losses: [parseLoss('az:eu-west-1a')],
  services: simulate(after, [parseLoss('az:eu-west-1a')]),
};

function inStage({ services: [one] }: typeof after) {
  if (!one) throw new Error('there is no service');
  return { ...one, service: { ...one.service, stage: HOSTILE } };
}

describe('what machines read of an assessment', () => {
  it.each([
    ['assessment', assessmentSchema, text(assessmentJson({ assessment: after, version: '1' }))],
    ['simulation', simulationSchema, text(simulationJson(simulation))],
    ...['control-plane@eu-west-1', 'az:eu-west-1a, control-plane:global, software:app'].map(
      (names): [string, object, string] => {
        const losses = meantBy(after, parseLosses(names));
        const services = simulate(after, losses);
        return [`simulation of ${names}`, simulationSchema, text(simulationJson({ losses, services }))];
      },
    ),
    ['difference', differenceSchema, text(differenceJson(difference))],
    [
      'assessment of a stage',
      assessmentSchema,
      text(assessmentJson({ assessment: { services: [inStage(after)] }, version: '1' })),
    ],
    [
      'simulation of a stage',
      simulationSchema,
      text(
        simulationJson({
          ...simulation,
          services: simulate({ services: [inStage(after)] }, simulation.losses),
        }),
      ),
    ],
    [
      'difference of a stage',
      differenceSchema,
      text(
        differenceJson({
          services: differenceOf({ services: [inStage(before)] }, { services: [inStage(after)] }),
          data: [],
        }),
      ),
    ],
  ])('is, for an %s, what its schema says, and nothing else', (_, schema, written) => {
    const validate = new Ajv2020({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
    });
    const closed = JSON.parse(
      JSON.stringify(schema).replaceAll('"type":"object"', '"type":"object","additionalProperties":false'),
    );
    const check = validate.compile(closed);
    check(JSON.parse(written));
    expect(check.errors ?? []).toEqual([]);
    expect(written).not.toContain('\u001b');
  });

  it('is not what the schema says where a number is missing', () => {
    const check = new Ajv2020({ strict: false }).compile(assessmentSchema);
    expect(check({ schema: 'nines.assessment/1', services: [{ name: 'a' }] })).toBe(false);
  });
});
