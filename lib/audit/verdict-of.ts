import type { Judgement } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import { constructPathOf } from './acceptance';
import { controlInWords, distinctControls } from './control-words';
import { replacementNote } from './replacement';
import type { Rule, RuleContext } from './rule';
import type { ResolvedService } from './services';
import type { Severity } from './severity';
import type { Verdict } from './verdict';

/** What a rule says of a resource, as the command's contract has it. All text in it is fit for a terminal. */
export function verdictOf(
  rule: Rule,
  resource: Resource,
  { service }: Pick<RuleContext, 'service'>,
  judgement: Judgement,
): Verdict {
  const source = judgement.source ?? resource.origin?.source;
  return {
    rule: rule.id,
    verdict: judgement.outcome,
    severity: severityOf(rule, service),
    ...placeOf(resource),
    ...(judgement.property !== undefined && { property: printable(judgement.property) }),
    ...(service.name !== undefined && { service: printable(service.name) }),
    tier: service.tier,
    message: printable(`${messageOf(rule, judgement)}${madeAs(resource)}`),
    fix: printable(fixOf(rule, resource, judgement)),
    ...(source && { source: { file: printable(source.file), line: source.line } }),
    ...controlsOf(rule),
  };
}

/** Where a resource stands: the same for all rules. */
type Place = Pick<
  Verdict,
  'stack' | 'app' | 'file' | 'logicalId' | 'madeAs' | 'type' | 'account' | 'region' | 'constructPath'
>;

const PLACES = new WeakMap<Resource, Place>();

function placeOf(resource: Resource): Place {
  const known = PLACES.get(resource) ?? readPlace(resource);
  PLACES.set(resource, known);
  return known;
}

function readPlace(resource: Resource): Place {
  const { stack, logicalId, madeFrom, type, account, region } = resource;
  const path = constructPathOf(resource);
  return {
    stack: printable(stack.source.name),
    app: printable(stack.graph.name),
    file: printable(stack.source.file),
    // Users look for what they wrote: what the serverless transform makes stands in no template of theirs.
    logicalId: printable(madeFrom ?? logicalId),
    ...(madeFrom !== undefined && { madeAs: printable(logicalId) }),
    type: printable(type),
    ...(account !== undefined && { account: printable(account) }),
    ...(region !== undefined && { region: printable(region) }),
    ...(path !== undefined && { constructPath: printable(path) }),
  };
}

const CONTROLS = new WeakMap<Rule, Pick<Verdict, 'controls'>>();

function controlsOf(rule: Rule): Pick<Verdict, 'controls'> {
  const known =
    CONTROLS.get(rule) ??
    (rule.controls ? { controls: distinctControls(rule.controls).map(controlInWords) } : {});
  CONTROLS.set(rule, known);
  return known;
}

/** A stage that is not production has no locks, backups or retention on purpose, so that it can be torn down. */
function severityOf({ kind, severity }: Rule, { tier, catalogue }: ResolvedService): Severity {
  const spared = kind === 'backup' || kind === 'compliance' || kind === 'protection';
  return spared && catalogue?.nonProduction === true ? 'info' : severity[tier];
}

function madeAs({ madeFrom: origin, logicalId }: Resource): string {
  return origin === undefined ? '' : ` (${logicalId}, which the serverless transform makes of ${origin})`;
}

function fixOf(rule: Rule, { type }: Resource, { outcome, fix = rule.fix, property }: Judgement): string {
  if (outcome !== 'fail' || property === undefined) return fix;
  return `${fix}${replacementNote(rule, { type, property })}`;
}

function messageOf(rule: Rule, { outcome, property, found, needed, reason }: Judgement): string {
  const subject = property === undefined ? '' : `${property}: `;
  switch (outcome) {
    case 'fail':
      return `${subject}found ${found ?? 'nothing'}, needs ${needed ?? 'a value'}`;
    case 'unknown':
      return `${subject}${reason ?? 'the value is known only at deploy'}`;
    case 'notApplicable':
      return reason ?? 'does not apply';
    default:
      return found === undefined ? rule.title : `${subject}${found}`;
  }
}
