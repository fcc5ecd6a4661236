import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { PLUGIN_NAME } from '../audit/acceptance';
import { RULES } from '../audit/rules';
import type { Verdict } from '../audit/verdict';
import { ConfigurationError } from '../errors';
import { assemblyUnder } from './assembly-under-synthesis';
import { isLasting, LastingNames } from './lasting-names';
import { optimiseLater } from './patience';
import { judgeApps, type NinesProps, overdueIn, reported, unmatchedIn } from './verdicts';

/** How {@link NinesChecks} judges. */
export interface NinesChecksProps extends NinesProps {}

/**
 * Judges the finished templates of the whole app at the end of `cdk synth`.
 *
 * Findings at level error stop the synthesis; the rest, and what cannot be known before deploy, is reported.
 * It returns every violation: `Validations.of(scope).acknowledge({ id: 'cdk-nines::RDS-01', reason })` suppresses
 * one in the CDK's own report, where the reason is kept. X-84, which judges the exceptions, and findings whose
 * acceptance no longer holds (`RDS-01[refused]`) cannot be acknowledged.
 *
 * ```ts
 * Validations.of(app).addPlugins(new NinesChecks());
 * ```
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class NinesChecks implements IPolicyValidationPlugin {
  readonly name = PLUGIN_NAME;
  readonly ruleIds = RULES.map(({ id }) => id);

  constructor(private readonly props: NinesChecksProps = {}) {}

  /** Called by the CDK once all templates are written. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    optimiseLater();
    try {
      return this.report(context);
    } catch (error) {
      // The CDK's command swallows what a plug-in throws and exits with 0: the gate must not open for a typing error.
      const violation = { ...defectOf(reasonOf(error), context), fix: fixOf(error) };
      return { success: false, violations: [lasting(violation, new LastingNames(context.appConstruct))] };
    }
  }

  private report(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const apps = assemblyUnder(context);
    const { verdicts, engineErrors } = judgeApps(apps, this.props, { onlyTold: true });
    const { shown, elsewhere } = reported(verdicts);
    const names = new LastingNames(context.appConstruct);
    const violations = [
      ...shown.map((verdict) =>
        isLasting(verdict) ? lasting(violationOf(verdict), names) : violationOf(verdict),
      ),
      ...engineErrors.map((error) => lasting(defectOf(error, context), names)),
      // A stage may leave a service out on purpose: it stops nothing.
      ...unmatchedIn(apps, this.props).map((each) => warningOf('CONFIG', each, context)),
      ...overdueIn(apps, this.props).map((each) => warningOf('REVIEW', each, context)),
    ];
    return {
      success: !violations.some(({ severity }) => severity === 'error'),
      violations: together(violations),
      ...(elsewhere.length > 0 && { metadata: { unknown: inOneLine(elsewhere) } }),
    };
  }
}

/** What is said of several places alike, as one violation: the CDK writes and prints the words of each. */
function together(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const groups = new Map<string, PolicyViolation>();
  for (const { violatingResources, ...said } of violations) {
    const key = JSON.stringify(said);
    const known = groups.get(key);
    if (known) known.violatingResources.push(...violatingResources);
    else groups.set(key, { ...said, violatingResources: [...violatingResources] });
  }
  return [...groups.values()];
}

/** What no synthesis of the app will ever decide, in one line. */
function inOneLine(elsewhere: readonly Verdict[]): string {
  const rules = [...new Set(elsewhere.map(({ rule }) => rule))].sort();
  return `${rules.join(', ')}: the organisation, another app or the deployment decides; nines audit says what`;
}

/** Whoever acknowledged it hides nothing. */
function lasting(violation: PolicyViolation, names: LastingNames): PolicyViolation {
  return { ...violation, ruleName: names.of(violation.ruleName) };
}

function violationOf(verdict: Verdict): PolicyViolation {
  const { message, fix, property, tier, service, logicalId, constructPath, file, accepted } = verdict;
  const unknown = verdict.verdict === 'unknown';
  return {
    ruleName: ruleNameOf(verdict),
    description: descriptionOf(verdict, message),
    fix,
    severity: unknown || accepted?.until !== undefined ? 'info' : verdict.severity,
    ruleMetadata: { verdict: verdict.verdict, tier: String(tier), ...(service !== undefined && { service }) },
    violatingResources: [
      {
        // The CDK finds a construct by its logical id only in templates of stacks, not of nested stacks.
        ...(constructPath === undefined ? { resourceLogicalId: logicalId } : { constructPath }),
        templatePath: file,
        locations: [property === undefined ? 'Properties' : `Properties.${property}`],
      },
    ],
  };
}

/** The CDK suppresses what is acknowledged, by name and for ever: an acceptance that no longer holds must not hide it. */
function ruleNameOf({ rule, refused }: Verdict): string {
  return refused === undefined ? rule : `${rule}[refused]`;
}

function descriptionOf({ rule, verdict, accepted, refused }: Verdict, message: string): string {
  if (verdict === 'unknown') return `cannot be judged before deploy: ${message}`;
  const answer = accepted?.until === undefined ? '' : ` Accepted by ${accepted.by} until ${accepted.until}.`;
  const refusal = refused === undefined ? '' : ` Not accepted: ${refused}.`;
  return `${titleOf(rule)} ${message}${answer}${refusal}`;
}

function titleOf(id: string): string {
  return RULES.find((rule) => rule.id === id)?.title ?? '';
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigurationError) return `${error.path}: ${error.problem}`;
  return error instanceof Error ? error.message : String(error);
}

function fixOf(error: unknown): string {
  return error instanceof ConfigurationError ? error.fix : 'report it, with the app';
}

/** What no rule says, and what stops nothing. */
function warningOf(
  ruleName: string,
  said: { readonly description: string; readonly fix: string },
  context: IPolicyValidationContext,
): PolicyViolation {
  return { ...defectOf('', context), ...said, ruleName, severity: 'warning' };
}

/** A rule that threw is a defect of ours, and must not turn a pipeline green. */
function defectOf(error: string, { stackTemplates }: IPolicyValidationContext): PolicyViolation {
  // The CDK counts only what violates somewhere.
  const constructPath = stackTemplates[0]?.stackConstructPath ?? '';
  return {
    ruleName: 'ENGINE',
    description: error,
    severity: 'error',
    fix: 'report it, with the template',
    violatingResources: [{ constructPath, locations: [] }],
  };
}
