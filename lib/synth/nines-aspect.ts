import { Annotations, CfnResource, type IAspect, Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ConstructOrigin, SourceApp, SourceStack, TemplateBody } from '../assembly/source/source';
import { STACK_TYPE } from '../assembly/stack-resource';
import { PLUGIN_NAME } from '../audit/acceptance';
import type { Verdict } from '../audit/verdict';
import { judgeApps, type NinesProps, overdueIn } from './verdicts';

/** How {@link NinesAspect} judges. */
export interface NinesAspectProps extends NinesProps {}

/**
 * Annotates constructs with what the rules say of each stack as it resolves when the aspect comes by.
 *
 * Give it the last priority, so that it sees what other aspects changed. It sees one stack at a time: what needs the
 * finished app is unknown to it and not annotated; `NinesChecks` judges that.
 *
 * ```ts
 * Aspects.of(app).add(new NinesAspect(), { priority: AspectPriority.READONLY });
 * ```
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/aspects.html
 */
export class NinesAspect implements IAspect {
  constructor(private readonly props: NinesAspectProps = {}) {}

  visit(node: IConstruct): void {
    for (const stack of stacksThatEndWith(node)) this.judge(stack);
  }

  private judge(stack: Stack): void {
    const constructs = new Map(
      cfnResourcesOf(stack).map((resource) => [String(stack.resolve(resource.logicalId)), resource]),
    );
    const app = appOf(stack, constructs);
    for (const { description, fix } of overdueIn([app], this.props))
      Annotations.of(stack).addWarningV2(`${PLUGIN_NAME}::REVIEW`, `${description}; fix: ${fix}`);
    const { verdicts } = judgeApps([app], this.props, {
      unfinished: 'the app is not finished',
    });
    for (const verdict of verdicts) {
      const construct = verdict.type === STACK_TYPE ? stack : constructs.get(verdict.logicalId);
      const shown = verdict.verdict === 'fail' && !verdict.subsumedBy && !verdict.accepted;
      const hidden = verdict.refused === undefined && construct && isAcknowledged(construct, verdict.rule);
      if (construct && shown && !hidden) annotate(construct, verdict);
    }
  }
}

/** Aspects come by from the top down, so a stack is complete when its last construct is visited. */
function stacksThatEndWith(node: IConstruct): readonly Stack[] {
  const ended: Stack[] = [];
  if (node.node.children.length > 0) return ended;
  for (let current = node; ; ) {
    if (Stack.isStack(current)) ended.push(current);
    const { scope } = current.node;
    if (!scope || scope.node.children.at(-1) !== current) return ended;
    current = scope;
  }
}

function annotate(construct: IConstruct, { rule, severity, message, fix, refused }: Verdict): void {
  const id = `${PLUGIN_NAME}::${rule}`;
  const instead = refused === undefined ? 'or acknowledge it' : `not accepted: ${refused}`;
  // The CDK takes what stands last in brackets for the id of an error.
  const text = `${rule}: ${message}; fix: ${fix}; ${instead} (${id})`;
  const annotations = Annotations.of(construct);
  if (severity === 'error') annotations.addError(text);
  // What has a name can be acknowledged: an acceptance that no longer holds must not be hidden so.
  else if (refused !== undefined)
    severity === 'warning' ? annotations.addWarning(text) : annotations.addInfo(text);
  else if (severity === 'warning') annotations.addWarningV2(id, text);
  else annotations.addInfoV2(id, text);
}

function isAcknowledged(construct: IConstruct, rule: string): boolean {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  return construct.node.scopes.some((scope) =>
    scope.node.metadata.some(
      ({ type, data }) => type === key && Object.hasOwn(Object(data), `${PLUGIN_NAME}::${rule}`),
    ),
  );
}

/** One stack as an app of its own. */
function appOf(stack: Stack, constructs: ReadonlyMap<string, CfnResource>): SourceApp {
  const source: SourceStack = {
    id: stack.node.path,
    name: stack.stackName,
    nameKnown: !Token.isUnresolved(stack.stackName),
    file: stack.templateFile,
    template: templateOf(stack),
    ...(!Token.isUnresolved(stack.account) && { account: stack.account }),
    ...(!Token.isUnresolved(stack.region) && { region: stack.region }),
    dependencies: [],
    parameters: {},
    tags: stack.tags.tagValues(),
    nested: new Map(),
    constructs: new Map(
      [...constructs].map(([logicalId, { node }]): [string, ConstructOrigin] => [
        logicalId,
        { path: node.path },
      ]),
    ),
    acknowledgements: [],
  };
  return { name: stack.stackName, path: stack.templateFile, stacks: [source] };
}

/** The template as the stack resolves now; the CDK has no public way to ask for it before the app is written. */
function templateOf(stack: Stack): TemplateBody {
  const { _toCloudFormation: render } = stack as unknown as { _toCloudFormation(): object };
  const template = stack.resolve(render.call(stack)) as Partial<TemplateBody>;
  return { Resources: {}, ...template };
}

function cfnResourcesOf(stack: Stack): readonly CfnResource[] {
  return stack.node
    .findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.stack === stack);
}
