import { oncePerGraph } from '../assembly/once-per-graph';
import type { Stack } from '../assembly/stack';
import { isList, isMap, type Value } from '../assembly/value';

/** The name of a pipeline's stage that deploys both stacks; undefined where there is none. */
export function sharedPipelineStage(one: Stack, other: Stack): string | undefined {
  if (one.name === undefined || other.name === undefined) return undefined;
  const stages = pipelineStages(one.graph);
  const [first, second] = [deploymentsOf(one), deploymentsOf(other)];
  return stages.find(({ deploys }) => deploys.has(first) && deploys.has(second))?.name;
}

interface PipelineStage {
  readonly name: string;

  /** The stacks that it deploys, with their regions. */
  readonly deploys: ReadonlySet<string>;
}

function deploymentsOf({ name, region }: Stack): string {
  return `${region ?? ''} ${name ?? ''}`;
}

const pipelineStages = oncePerGraph((graph): readonly PipelineStage[] =>
  graph.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => {
    const stages = pipeline.get('Stages');
    return isList(stages) ? stages.map((stage) => stageOf(stage, pipeline.region)) : [];
  }),
);

function stageOf(stage: Value, region: string | undefined): PipelineStage {
  if (!isMap(stage)) return { name: '', deploys: new Set() };
  const actions = isList(stage.Actions) ? stage.Actions : [];
  return {
    name: typeof stage.Name === 'string' ? stage.Name : 'of the pipeline',
    deploys: new Set(actions.flatMap((action) => deploymentIn(action, region))),
  };
}

function deploymentIn(action: Value, region: string | undefined): readonly string[] {
  if (!isMap(action) || !isMap(action.ActionTypeId) || !isMap(action.Configuration)) return [];
  if (action.ActionTypeId.Provider !== 'CloudFormation') return [];
  const { StackName: name } = action.Configuration;
  const where = typeof action.Region === 'string' ? action.Region : (region ?? '');
  return typeof name === 'string' ? [`${where} ${name}`] : [];
}
