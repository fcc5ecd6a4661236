import { comparableText } from '../identifiers';
import { fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { referencesIn, Text, Unknown, type Value } from '../value';

const PREFIX = '/aws/lambda/';
const GROUPS = ['AWS::Logs::LogGroup', 'Custom::LogRetention'];

interface Groups {
  readonly byFunction: ReadonlyMap<Resource, Resource>;
  readonly byName: ReadonlyMap<string, Resource>;

  /** A name that only deploy knows may be that of any function. */
  readonly open: Resource | undefined;
}

/** The groups of an app that are named after functions. */
const groups = oncePerGraph((graph): Groups => {
  const named = graph.ofType(...GROUPS).flatMap(nameOf);
  const functions = named.filter(({ plain, name }) => plain === undefined && startsAsFunctions(name));
  return {
    byFunction: new Map(
      functions.flatMap(({ group, lambdas }) => lambdas.map((lambda) => [lambda, group] as const)),
    ),
    byName: new Map(
      named.flatMap(({ plain, group }) => (plain === undefined ? [] : [[plain, group] as const])),
    ),
    open: named.find(
      ({ plain, name, lambdas }) => plain === undefined && lambdas.length === 0 && mayBeOfFunctions(name),
    )?.group,
  };
});

function nameOf(group: Resource) {
  const name = group.get('LogGroupName');
  if (name === undefined) return [];
  const lambdas = referencesIn(name)
    .map(({ resource }) => resource)
    .filter(({ type }) => type === 'AWS::Lambda::Function');
  return [{ group, name, plain: comparableText(name, group.stack), lambdas }];
}

function startsAsFunctions(name: Value): boolean {
  const [head] = name instanceof Text ? name.parts : [];
  return typeof head === 'string' && head.startsWith(PREFIX);
}

/** A text that starts with something else is the group of something else. */
function mayBeOfFunctions(name: Value): boolean {
  const [head] = name instanceof Text ? name.parts : [];
  return typeof head !== 'string' || head.startsWith(PREFIX);
}

/** Judges whether a function writes to a log group of the app that keeps its logs for a time that is chosen. */
export function logGroupJudgement(lambda: Resource): Judgement {
  const own = lambda.target('LoggingConfig.LogGroup');
  const property = 'LoggingConfig.LogGroup';
  if (own instanceof Unknown) return unknown(property, own);
  const { graph } = lambda.stack;
  const { byFunction, byName, open } = groups(graph);
  const name = lambda.get('FunctionName');
  const text = name === undefined ? undefined : comparableText(name, lambda.stack);
  const group = own ?? byFunction.get(lambda) ?? byName.get(`${PREFIX}${text}`);
  if (group) return judgeRetention(group);
  const doubt = graph.unreadable[0] ?? (open && `${open.logicalId} may be the group of any function`);
  if (doubt !== undefined) return unknown(property, doubt);
  return fail({
    property,
    found: 'no log group in the app',
    needed: 'a log group that sets RetentionInDays',
  });
}

function judgeRetention(group: Resource): Judgement {
  const { logicalId, presence } = group;
  if (!GROUPS.includes(group.type)) return unknown('LoggingConfig.LogGroup', `${logicalId} is no log group`);
  const days = group.get('RetentionInDays');
  if (days === undefined)
    return fail({
      found: `${logicalId} keeps logs for ever`,
      needed: 'a log group that sets RetentionInDays',
    });
  if (presence instanceof Unknown) return unknown(undefined, presence);
  if (days instanceof Unknown && days.maybeAbsent) return unknown(undefined, days);
  return pass({ found: `${logicalId} sets RetentionInDays` });
}
