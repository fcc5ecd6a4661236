import { unwrittenStepMistakes } from '../../../lib/constructs/recovery/region-switch/unwritten-steps';

const written = {
  Name: 'Web',
  ExecutionBlockType: 'ECSServiceScaling',
  ExecutionBlockConfiguration: { EcsCapacityIncreaseConfig: { Services: [] } },
};
const empty = {
  Name: 'Graph',
  ExecutionBlockType: 'NeptuneGlobalDatabase',
  ExecutionBlockConfiguration: { ArcRoutingControlConfig: undefined },
};
const gone = { Name: 'Warm', ExecutionBlockType: 'SSMSendCommand' };

const inParallel = (...Steps: object[]) => ({
  Name: 'Both',
  ExecutionBlockType: 'Parallel',
  ExecutionBlockConfiguration: { ParallelConfig: { Steps } },
});

const found = (...Steps: object[]) => unwrittenStepMistakes([{ WorkflowTargetAction: 'activate', Steps }]);

describe('the steps in a template', () => {
  it('are all there when the CDK knows their kinds', () => {
    expect(found(written, inParallel(written))).toEqual([]);
  });

  it('fail when the CDK has left one out, also side by side with others', () => {
    expect(found(written, empty, inParallel(written, gone), empty)).toEqual([
      {
        problem:
          'Graph is of a kind that this version of aws-cdk-lib does not know, so nothing of it is in the template',
        fix: 'use aws-cdk-lib 2.276.0 or later',
      },
      expect.objectContaining({ problem: expect.stringMatching(/^Warm is of a kind/) }),
    ]);
  });
});
