import type {
  CfnResource,
  IPolicyValidationContext,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import { STACK_TYPE } from '../assembly/stack-resource';
import { PLUGIN_NAME } from '../audit/acceptance';
import { RULES } from '../audit/rules';
import type { Verdict } from '../audit/verdict';
import { assemblyUnder } from './assembly-under-synthesis';
import { isLasting, LastingNames } from './lasting-names';
import { judgeApps, type NinesProps, reported } from './verdicts';

/** How {@link NinesNagPack} judges. */
export interface NinesNagPackProps extends NinesProps {}

/**
 * The rules as a cdk-nag pack, so that their findings stand beside those of other packs, under ids such as
 * `cdk-nines-RDS-01`. What cannot be known before deploy is reported as `cdk-nines-RDS-01[unknown]`.
 *
 * ```ts
 * Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NinesNagPack());
 * ```
 *
 * @see https://github.com/cdklabs/cdk-nag
 */
export class NinesNagPack extends NagPack {
  readonly name = 'cdk-nines-nag';
  private verdicts: ReadonlyMap<string, readonly Verdict[]> = new Map();

  constructor(private readonly ninesProps: NinesNagPackProps = {}) {
    super();
    this.packName = PLUGIN_NAME;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { verdicts } = judgeApps(assemblyUnder(context), this.ninesProps);
    this.verdicts = byConstruct(reported(verdicts).shown);
    const ofResources = super.validate(context).violations.flatMap((violation) => this.split(violation));
    const violations = [...ofResources, ...this.beside(new LastingNames(context.appConstruct))];
    return { success: !violations.some(({ severity }) => severity === 'error'), violations };
  }

  protected checkResource(node: CfnResource): void {
    for (const verdict of this.verdicts.get(node.node.path) ?? []) {
      if (isLasting(verdict)) continue;
      const unknown = verdict.verdict === 'unknown';
      this.applyRule({
        ruleSuffixOverride: verdict.rule,
        info: verdict.message,
        explanation: whyOf(verdict.rule),
        level: verdict.severity === 'error' && !unknown ? NagMessageLevel.ERROR : NagMessageLevel.WARN,
        node,
        rule: () => (unknown ? ['unknown'] : NagRuleCompliance.NON_COMPLIANT),
      });
    }
  }

  /** cdk-nag visits resources only, and hides what is acknowledged: the rest comes beside. */
  private beside(names: LastingNames): readonly PolicyViolation[] {
    const all = [...this.verdicts.values()].flat();
    return all
      .filter((verdict) => isLasting(verdict) || (verdict.type === STACK_TYPE && !verdict.accepted))
      .map((verdict) => {
        const violation = violationOf(verdict);
        return isLasting(verdict) ? { ...violation, ruleName: names.of(violation.ruleName) } : violation;
      });
  }

  /** cdk-nag merges what one rule says into one entry of one level; every finding here has its own. */
  private split(violation: PolicyViolation): readonly PolicyViolation[] {
    const paths = new Set(violation.violatingResources.map(({ constructPath }) => constructPath ?? ''));
    return [...paths].flatMap((path) =>
      (this.verdicts.get(path) ?? [])
        .filter((verdict) => ruleNameOf(verdict) === violation.ruleName)
        .map(violationOf),
    );
  }
}

function violationOf(verdict: Verdict): PolicyViolation {
  const { message, fix, severity, property, constructPath = '', accepted, refused } = verdict;
  const info = verdict.verdict === 'unknown' || accepted?.until !== undefined;
  return {
    ruleName: ruleNameOf(verdict),
    description: refused === undefined ? message : `${message}. Not accepted: ${refused}`,
    fix,
    severity: info ? 'info' : severity,
    violatingResources: [
      { constructPath, locations: [property === undefined ? 'Properties' : `Properties.${property}`] },
    ],
  };
}

function ruleNameOf({ rule, verdict, refused }: Verdict): string {
  const state = verdict === 'unknown' ? '[unknown]' : refused === undefined ? '' : '[refused]';
  return `${PLUGIN_NAME}-${rule}${state}`;
}

function whyOf(id: string): string {
  return RULES.find((rule) => rule.id === id)?.why ?? '';
}

function byConstruct(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const path = verdict.constructPath ?? '';
    groups.set(path, [...(groups.get(path) ?? []), verdict]);
  }
  return groups;
}
