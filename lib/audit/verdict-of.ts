import type { Judgement } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import { constructPathOf } from './acceptance';
import { controlInWords, distinctControls } from './control-words';
import { withoutIndices } from './property-path';
import { replacementNote } from './replacement';
import type { Rule } from './rule';
import type { ResolvedService } from './services';
import type { Severity } from './severity';
import type { Verdict } from './verdict';

/** What is judged: the same for all rules. */
export interface VerdictSubject {
  readonly place: Place;
  readonly service: ResolvedService;
}

/**
 * What a rule says of a resource, as the command's contract has it. All text in it is fit for a terminal.
 *
 * Written out, with `undefined` for what is not there: a large app has very many of them.
 */
export function verdictOf(
  rule: Rule,
  { place, service }: VerdictSubject,
  judgement: Judgement,
  level?: Severity,
): Verdict {
  const { property, source = place.source } = judgement;
  return {
    rule: rule.id,
    verdict: judgement.outcome,
    severity: level ?? severityOf(rule, service),
    stack: place.stack,
    app: place.app,
    file: place.file,
    logicalId: place.logicalId,
    madeAs: place.madeAs,
    type: place.type,
    account: place.account,
    region: place.region,
    constructPath: place.constructPath,
    property: property === undefined ? undefined : printable(property),
    service: service.name === undefined ? undefined : printable(service.name),
    tier: service.tier,
    message: printable(`${messageOf(rule, judgement)}${place.madeAsInWords}`),
    fix: fixOf(rule, place, judgement),
    source: source && { file: printable(source.file), line: source.line },
    controls: textsOf(rule).controls,
  };
}

/** Where a resource stands. */
export interface Place
  extends Pick<
    Verdict,
    | 'stack'
    | 'app'
    | 'file'
    | 'logicalId'
    | 'madeAs'
    | 'type'
    | 'account'
    | 'region'
    | 'constructPath'
    | 'source'
  > {
  /** What the serverless transform made, in words that end a message. */
  readonly madeAsInWords: string;
}

/** Where a resource stands, in printable text. */
export function placeOf(resource: Resource): Place {
  const { stack, logicalId, madeFrom, type, account, region, origin } = resource;
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
    ...(origin?.source && { source: origin.source }),
    madeAsInWords: madeAs(resource),
  };
}

/** What all verdicts of a rule have in common. */
type RuleTexts = Pick<Verdict, 'fix' | 'controls'>;

const TEXTS = new WeakMap<Rule, RuleTexts>();

function textsOf(rule: Rule): RuleTexts {
  const known = TEXTS.get(rule);
  if (known) return known;
  const texts = {
    fix: printable(rule.fix),
    controls: rule.controls && distinctControls(rule.controls).map(controlInWords),
  };
  TEXTS.set(rule, texts);
  return texts;
}

/** A stage that is not production calls nobody, and has no locks, backups or retention, so that it can be torn down. */
const SPARED: ReadonlySet<Rule['kind']> = new Set(['backup', 'compliance', 'monitoring', 'protection']);

function severityOf({ kind, severity }: Rule, { tier, catalogue }: ResolvedService): Severity {
  return SPARED.has(kind) && catalogue?.nonProduction === true ? 'info' : severity[tier];
}

function madeAs({ madeFrom: origin, logicalId }: Resource): string {
  return origin === undefined ? '' : ` (${logicalId}, which the serverless transform makes of ${origin})`;
}

function fixOf(rule: Rule, { type }: Place, { outcome, fix, property }: Judgement): string {
  // Most verdicts are no fails, and all that say the rule's own fix share one text.
  if (outcome !== 'fail' || property === undefined)
    return fix === undefined ? textsOf(rule).fix : printable(fix);
  const chosen = fix ?? (rule.fixes && fixFor(rule.fixes, type, property));
  const note = replacementNote(rule, { type, property });
  return chosen === undefined && note === '' ? textsOf(rule).fix : printable(`${chosen ?? rule.fix}${note}`);
}

function fixFor(fixes: NonNullable<Rule['fixes']>, type: string, property: string): string | undefined {
  const path = withoutIndices(property);
  return fixes[`${type} ${path}`] ?? fixes[path];
}

function messageOf(rule: Rule, { outcome, property, found, needed, reason }: Judgement): string {
  const subject = property === undefined ? '' : `${property}: `;
  switch (outcome) {
    case 'fail':
      return `${subject}${contrast(found ?? 'nothing', needed ?? 'a value')}`;
    case 'unknown':
      return `${subject}${reason ?? 'the value is known only at deploy'}`;
    case 'notApplicable':
      return reason ?? 'does not apply';
    default:
      return found === undefined ? rule.title : `${subject}${found}`;
  }
}

/** What was found and what is needed; what is missing is named once. */
function contrast(found: string, needed: string): string {
  const missing = found.startsWith('no ') ? found.slice('no '.length) : undefined;
  const wanted = needed.replace(/^(?:an?|the|at least 1) /, '');
  if (missing !== undefined && wanted.startsWith(missing)) return `found none, needs ${needed}`;
  if (missing?.startsWith(wanted)) return `found ${found}, needs one`;
  return `found ${found}, needs ${needed}`;
}
