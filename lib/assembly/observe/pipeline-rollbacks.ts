import { Resource } from '../resource';
import type { Stack } from '../stack';
import { describe, isList, isMap, isScalar, Unknown, type Value, type ValueMap } from '../value';
import { type Rollback, rollbackOf, withParts } from './rollback-alarms';

/** What takes a deploy back within the stacks that a stage deploys. */
const DEPLOYING: readonly string[] = ['AWS::ECS::Service', 'AWS::CodeDeploy::DeploymentGroup'];

/** How a stage of a pipeline goes back, and for how long it waits for the alarms that say so. */
export interface StageRollback extends Rollback {
  /** The alarms that its own conditions follow. */
  readonly followed: readonly Resource[];

  /** For how long it waits for them at most, in seconds. @default - it follows no alarm */
  readonly waitSeconds?: number | Unknown;
}

/** What takes back each stage of a pipeline that deploys stacks of the app, or why that is not known. */
export function stageRollbacks(pipeline: Resource): readonly (StageRollback | Unknown)[] {
  const stages = pipeline.list('Stages');
  if (stages instanceof Unknown) return [stages];
  return stages.flatMap((stage, index) => {
    if (stage instanceof Unknown) return [stage];
    return isMap(stage) ? rollbackOfStage(stage, index, pipeline) : [];
  });
}

function rollbackOfStage(
  stage: ValueMap,
  index: number,
  pipeline: Resource,
): readonly (StageRollback | Unknown)[] {
  const deployed = stacksOf(stage.Actions, pipeline);
  const [open] = deployed.filter((stack) => stack instanceof Unknown);
  const stacks = deployed.filter((stack): stack is Stack => !(stack instanceof Unknown));
  if (stacks.length === 0) return open === undefined ? [] : [open];
  const property = `Stages.${index}.OnSuccess`;
  const rules = alarmRules(stage.OnSuccess, pipeline);
  const resources = stacks.flatMap((stack) => [...stack.resources.values()]);
  // What goes back by itself fails the stage, which then changes nothing.
  const within = resources.filter(({ type }) => DEPLOYING.includes(type)).map(rollbackOf);
  const why = rules.unknown ?? within.find(({ unknown }) => unknown)?.unknown;
  return [
    {
      alarms: [...new Set([...rules.alarms, ...within.flatMap(({ alarms }) => alarms)])],
      ...(why && { unknown: why }),
      property,
      deployed: resources,
      followed: rules.alarms,
      ...(rules.waits.length > 0 && { waitSeconds: longest(rules.waits) }),
    },
  ];
}

/** The stacks of the app that the actions of a stage deploy. */
function stacksOf(actions: Value | undefined, pipeline: Resource): readonly (Stack | Unknown)[] {
  if (actions instanceof Unknown) return [actions];
  const found = (isList(actions) ? actions : []).flatMap((action) => stackOf(action, pipeline));
  return [...new Set(found)];
}

function stackOf(action: Value, pipeline: Resource): readonly (Stack | Unknown)[] {
  if (!isMap(action) || !isMap(action.ActionTypeId) || !isMap(action.Configuration)) return [];
  if (action.ActionTypeId.Provider !== 'CloudFormation') return [];
  const { StackName: name } = action.Configuration;
  if (name instanceof Unknown) return [name];
  if (typeof name !== 'string') return [];
  const region = typeof action.Region === 'string' ? action.Region : pipeline.region;
  const stack = pipeline.stack.graph.stackNamed(name, region);
  return stack ? [stack] : [];
}

interface AlarmRules {
  readonly alarms: readonly Resource[];
  readonly waits: readonly (number | Unknown)[];
  readonly unknown?: Unknown;
}

/** The alarms that take a stage back when they fire after it is done. */
function alarmRules(onSuccess: Value | undefined, pipeline: Resource): AlarmRules {
  const conditions = entriesOf(isMap(onSuccess) ? onSuccess.Conditions : onSuccess);
  const following = conditions.filter((condition) => !isMap(condition) || condition.Result === 'ROLLBACK');
  const rules = following.flatMap((condition) =>
    isMap(condition) ? entriesOf(condition.Rules) : [condition],
  );
  const configured = rules.filter(isMap).filter(followsAlarms);
  const { graph } = pipeline.stack;
  const named = configured.map((rule) => {
    const { AlarmName: name = null } = isMap(rule.Configuration) ? rule.Configuration : {};
    return graph.resolve(name, pipeline);
  });
  const open = [...conditionResults(conditions), ...rules, ...named].find((part) => part instanceof Unknown);
  return {
    alarms: named.filter((alarm) => alarm instanceof Resource).flatMap(withParts),
    waits: configured.map(waitOf),
    ...(open instanceof Unknown && { unknown: open }),
  };
}

function entriesOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function conditionResults(conditions: readonly Value[]): readonly (Value | undefined)[] {
  return conditions.map((condition) => (isMap(condition) ? condition.Result : undefined));
}

/** Whether a rule fails when an alarm fires: it may also wait for other states. */
function followsAlarms(rule: ValueMap): boolean {
  const { RuleTypeId: type, Configuration: configuration } = rule;
  if (!isMap(type) || type.Provider !== 'CloudWatchAlarm') return false;
  const { AlarmStates: states } = isMap(configuration) ? configuration : ({} as ValueMap);
  return typeof states !== 'string' || states.split(/[\s,]+/).includes('ALARM');
}

function waitOf(rule: ValueMap): number | Unknown {
  const { WaitTime: wait } = isMap(rule.Configuration) ? rule.Configuration : ({} as ValueMap);
  if (wait === undefined) return new Unknown('nothing says how long the rule waits for its alarm');
  if (wait instanceof Unknown) return wait;
  const minutes = isScalar(wait) ? Number(wait) : Number.NaN;
  return Number.isNaN(minutes)
    ? new Unknown(`WaitTime is ${describe(wait)}, known only at deploy`)
    : minutes * 60;
}

function longest(waits: readonly (number | Unknown)[]): number | Unknown {
  const open = waits.find((wait) => wait instanceof Unknown);
  return open ?? Math.max(...waits.filter((wait) => typeof wait === 'number'));
}
