import { App, Stack, Stage } from 'aws-cdk-lib/core';
import {
  CodePipeline,
  CodePipelineSource,
  ManualApprovalStep,
  ShellStep,
  StageDeployment,
} from 'aws-cdk-lib/pipelines';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { ACCOUNT, shopOf } from '../fixtures';

const CONNECTION = `arn:aws:codeconnections:eu-west-3:${ACCOUNT}:connection/0f4c7b52`;

/** A pipeline in a region of its own. */
function pipelineIn(app: App): { stack: Stack; pipeline: CodePipeline } {
  const stack = new Stack(app, 'Delivery', { env: { account: ACCOUNT, region: 'eu-west-3' } });
  const input = CodePipelineSource.connection('shop/infrastructure', 'main', { connectionArn: CONNECTION });
  const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] });
  return { stack, pipeline: new CodePipeline(stack, 'Pipeline', { synth, crossAccountKeys: true }) };
}

/** The shop in a stage; in one of its regions where that is said. */
function shopIn(stage: Stage, only?: string): ActivePassive {
  return new ActivePassive(stage, 'Shop', {
    service: shopOf(1),
    account: ACCOUNT,
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    ...(only !== undefined && { only: [only] }),
    build: (stack) => new ResilientNetwork(stack, 'Network'),
  });
}

/** The stages of the pipeline, and the regions that each deploys to, in order. */
function stagesOf(app: App): readonly (readonly [name: string, regions: string[]])[] {
  const template = app.synth().getStackByName('Delivery').template;
  const resources = Object.values<{ Type: string; Properties: { Stages: Stages } }>(template.Resources);
  const pipeline = resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline');
  return (pipeline?.Properties.Stages ?? []).map(({ Name, Actions }) => [
    Name,
    Actions.flatMap(({ Name: action, Region }) => (/Deploy$/.test(action) && Region ? [Region] : [])),
  ]);
}

type Stages = readonly {
  Name: string;
  Actions: readonly { Name: string; Region?: string; RunOrder: number }[];
}[];

it('a pipeline deploys both regions in one stage, the standby first where the primary waits for it', () => {
  const app = new App();
  const { stack, pipeline } = pipelineIn(app);
  const stage = new Stage(stack, 'Prod');
  const shop = shopIn(stage);
  const standby = shop.stackIn('eu-central-1');
  shop.stackIn('eu-west-1').addStackDependency(standby);
  pipeline.addStage(stage, { stackSteps: [{ stack: standby, post: [new ManualApprovalStep('Bake')] }] });
  expect(stagesOf(app)).toContainEqual(['Prod', ['eu-central-1', 'eu-west-1']]);
});

it('a pipeline deploys one region after the other, in stages that know each other by one name', () => {
  const app = new App();
  const { stack, pipeline } = pipelineIn(app);
  for (const region of ['eu-central-1', 'eu-west-1']) {
    const stage = new Stage(stack, region, { stageName: 'Prod' });
    shopIn(stage, region);
    pipeline.addWave(region).stages.push(StageDeployment.fromStage(stage, { stageName: `Prod-${region}` }));
  }
  expect(stagesOf(app).slice(-2)).toEqual([
    ['Prod-eu-central-1', ['eu-central-1']],
    ['Prod-eu-west-1', ['eu-west-1']],
  ]);
});
