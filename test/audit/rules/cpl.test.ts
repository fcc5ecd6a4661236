import { pipelineFansOut } from '../../../lib/audit/rules/cpl';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = { Parameters: { Open: { Type: 'String' } } };
const deploy = (region?: unknown, more: object = {}) => ({
  ActionTypeId: { Category: 'Deploy' },
  ...(region !== undefined && { Region: region }),
  ...more,
});
const BUILD = { ActionTypeId: { Category: 'Build' } };
const pipeline = (...stages: readonly (readonly unknown[])[]) => ({
  ...OPEN,
  Resources: {
    Subject: {
      Type: 'AWS::CodePipeline::Pipeline',
      Properties: { Stages: stages.map((Actions) => ({ Actions })) },
    },
  },
});
const PREPARE = deploy(undefined, { Configuration: { ActionMode: 'CHANGE_SET_REPLACE' } });
const EXECUTE = deploy(undefined, { Configuration: { ActionMode: 'CHANGE_SET_EXECUTE' } });

checks(pipelineFansOut, {
  passes: {
    'one region goes before three': pipeline(
      [deploy('eu-west-1')],
      [deploy('eu-central-1'), deploy('eu-north-1'), deploy('eu-south-1')],
    ),
    'a change set is made and executed': pipeline([BUILD], [PREPARE, EXECUTE]),
  },
  fails: {
    'the first stage deploys twice': pipeline([deploy('eu-west-1'), deploy('eu-central-1')]),
    'four regions follow one': pipeline(
      [deploy('eu-west-1')],
      [deploy('eu-central-1'), deploy('eu-north-1'), deploy('eu-south-1'), deploy('eu-south-2')],
    ),
    'the first stage executes two change sets': pipeline([PREPARE, EXECUTE, EXECUTE]),
    'what was a change set is deployed': pipeline([EXECUTE, EXECUTE]),
  },
  unknown: {
    'a parameter holds the stages': {
      ...OPEN,
      Resources: {
        Subject: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages: { Ref: 'Open' } } },
      },
    },
    'a parameter is a stage': {
      ...OPEN,
      Resources: {
        Subject: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages: [{ Ref: 'Open' }] } },
      },
    },
    'a parameter holds the actions': {
      ...OPEN,
      Resources: {
        Subject: {
          Type: 'AWS::CodePipeline::Pipeline',
          Properties: { Stages: [{ Actions: { Ref: 'Open' } }] },
        },
      },
    },
    'a parameter is an action': pipeline([{ Ref: 'Open' }]),
    'a parameter names the region': pipeline([deploy({ Ref: 'Open' })]),
    'a parameter decides whether it deploys': pipeline([{ ActionTypeId: { Category: { Ref: 'Open' } } }]),
  },
  notApplicable: { 'nothing is deployed': pipeline([BUILD], ['nonsense']) },
  equivalent: {
    'Subject.Stages.*.Region': 'another region is a region too',
    'Subject.Stages.*.Category': 'an action that does not deploy takes a region away',
    'Subject.Stages.1.Actions.1.Configuration.ActionMode': 'it is executed whatever it is called',
  },
});

describe('CPL-01', () => {
  it('counts the own region once', () => {
    const own = { Ref: 'AWS::Region' };
    expect(
      outcomeOf(pipelineFansOut, pipeline([deploy()], [deploy(own), deploy('a'), deploy('b'), deploy('c')])),
    ).toBe('fail');
    expect(outcomeOf(pipelineFansOut, pipeline([deploy()], [deploy(own), deploy('a'), deploy('b')]))).toBe(
      'pass',
    );
  });

  it('lets a later stage deploy to as many times more as the configuration says', () => {
    const config = { services: [], rules: { 'CPL-01': { parameters: { fanOut: 1 } } } };
    const app = pipeline([deploy('a')], [deploy('b'), deploy('c')]);
    expect(outcomeOf(pipelineFansOut, app)).toBe('pass');
    expect(outcomeOf(pipelineFansOut, app, 1, config)).toBe('fail');
  });
});
