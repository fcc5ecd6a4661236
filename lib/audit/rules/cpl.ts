import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Unknown } from '../../assembly/value';
import { type DeployingStage, deployingStagesOf } from '../../assembly/wiring/pipeline-deployments';
import { CHANGE_SAFETY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';

export const pipelineFansOut: Rule = {
  id: 'CPL-01',
  title: 'Pipelines deploy to one place first, and to more step by step.',
  kind: 'protection',
  why: 'A bad version that goes everywhere at once leaves no region to fail over to.',
  fix: 'give the first stage one deployment, and spread the regions over the stages after it',
  severity: MEDIUM,
  appliesTo: ['AWS::CodePipeline::Pipeline'],
  controls: CHANGE_SAFETY,
  parameters: {
    fanOut: {
      meaning: 'How many times as many regions as all stages before it a stage may deploy to.',
      default: 3,
    },
  },
  sources: [
    `${CONFIG}/codepipeline-region-fanout-check.html`,
    `${CONFIG}/codepipeline-deployment-count-check.html`,
  ],
  check: (pipeline, { parameters }) => {
    const stages = deployingStagesOf(pipeline);
    if (stages instanceof Unknown) return unknown('Stages', stages);
    return judge(stages, Number(parameters.fanOut));
  },
};

function judge(stages: readonly DeployingStage[], fanOut: number): Judgement {
  const [first, ...later] = stages;
  if (!first) return notApplicable('the pipeline deploys nothing');
  if (first.regions.length > 1)
    return fail({
      property: 'Stages',
      found: `${first.regions.length} deployments in ${first.name}, the first stage that deploys`,
      needed: '1 deployment there',
    });
  const before = new Set(first.regions);
  for (const { name, regions } of later) {
    const own = new Set(regions);
    if (own.size > fanOut * before.size)
      return fail({
        property: 'Stages',
        found: `${name} deploys to ${own.size} regions, all stages before it to ${before.size}`,
        needed: `at most ${fanOut} times as many`,
      });
    for (const region of own) before.add(region);
  }
  return pass({ property: 'Stages', found: `${stages.length} stages that deploy` });
}
