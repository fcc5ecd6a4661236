import type { Resource } from '../resource';
import { isRegionOf } from '../same-place';
import { describe, isList, isMap, isScalar, Unknown, type Value, type ValueMap } from '../value';

/** Stands for the region of the pipeline itself. */
const OWN = 'own';

/** The deployments of one stage of a pipeline. */
export interface DeployingStage {
  readonly name: string;

  /** The region of each deployment; the pipeline's own where the action names none. */
  readonly regions: readonly string[];
}

/** The stages that deploy, in their order, or why they cannot be known. */
export function deployingStagesOf(pipeline: Resource): readonly DeployingStage[] | Unknown {
  const stages = pipeline.list('Stages');
  if (stages instanceof Unknown) return stages;
  const read = stages.map((stage) => stageOf(stage, pipeline));
  const open = read.find((stage) => stage instanceof Unknown);
  if (open instanceof Unknown) return open;
  return read.flatMap((stage) => (stage instanceof Unknown || stage.regions.length === 0 ? [] : [stage]));
}

function stageOf(stage: Value, pipeline: Resource): DeployingStage | Unknown {
  if (stage instanceof Unknown) return stage;
  const { Actions: actions, Name: name } = isMap(stage) ? stage : ({} as ValueMap);
  if (actions instanceof Unknown) return actions;
  const regions = (isList(actions) ? actions : []).map((action) => regionOf(action, pipeline));
  const open = regions.find((region) => region instanceof Unknown);
  if (open instanceof Unknown) return open;
  return { name: describe(name), regions: regions.filter((region) => typeof region === 'string') };
}

/** Where an action deploys; undefined for one that does not. */
function regionOf(action: Value, pipeline: Resource): string | Unknown | undefined {
  if (action instanceof Unknown) return action;
  if (!isMap(action)) return undefined;
  const { ActionTypeId: type, Configuration: configuration, Region: region } = action;
  const category = isMap(type) ? type.Category : type;
  if (category instanceof Unknown) return category;
  // A change set that is only made changes nothing; the action that executes it does.
  const prepares = isMap(configuration) && configuration.ActionMode === 'CHANGE_SET_REPLACE';
  return category === 'Deploy' && !prepares ? regionNamed(region, pipeline) : undefined;
}

/** `own` where the action names the region of the pipeline, or none. */
function regionNamed(region: Value | undefined, pipeline: Resource): string | Unknown {
  if (region === undefined) return OWN;
  const own = isRegionOf(region, pipeline);
  if (own === true) return OWN;
  if (region instanceof Unknown) return region;
  return isScalar(region)
    ? String(region)
    : new Unknown(`region ${describe(region)} is known only at deploy`);
}
