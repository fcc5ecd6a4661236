import { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { SourceApp } from '../assembly/source/source';
import { contradictedServices } from '../audit/contradicted-services';
import { isGivenAtDeploy, mayBeElsewhere } from '../audit/elsewhere';
import { type AuditOptions, type AuditResult, audit } from '../audit/engine';
import { overdueReviews } from '../audit/overdue-reviews';
import { RULES } from '../audit/rules';
import { unmatchedServices } from '../audit/unmatched-services';
import type { Verdict } from '../audit/verdict';
import { VOCABULARY } from '../audit/vocabulary';
import { readConfig } from '../records/config-file';
import { exceptionsBeside } from '../records/exceptions-beside';

/** What the synth integrations have in common. */
export interface NinesProps {
  /**
   * The file that declares the services of the app.
   *
   * @default - `nines.config.yaml` in the folder of `cdk.json`, if there is one
   */
  readonly config?: string;

  /**
   * The day on which exceptions are judged.
   *
   * @default - the system date
   */
  readonly today?: Date;
}

/**
 * How apps are judged.
 *
 * @internal
 */
export interface JudgeOptions extends Pick<AuditOptions, 'onlyTold'> {
  /** Why more may come than the apps show. @default - they are complete */
  readonly unfinished?: string;
}

/**
 * Judges apps by every rule, with the services that the configuration declares.
 *
 * @internal
 */
export function judgeApps(
  apps: readonly SourceApp[],
  props: NinesProps,
  { unfinished, onlyTold = false }: JudgeOptions = {},
): AuditResult {
  const config = readConfig(props.config, [''], VOCABULARY);
  const exceptions = exceptionsBeside(config ?? {}, props.config, ['']);
  return audit(
    apps.map((app) => new Graph(app, unfinished)),
    {
      rules: RULES,
      today: props.today ?? new Date(),
      exceptions: {
        ...exceptions,
        partial: unfinished !== undefined,
      },
      onlyTold,
      ...(config && { config }),
    },
  );
}

/**
 * The services of the configuration that nothing of the apps belongs to, and those of which the code says otherwise, in
 * sentences: they would disappear without a word.
 *
 * @internal
 */
export function unmatchedIn(
  apps: readonly SourceApp[],
  props: NinesProps,
): readonly { readonly description: string; readonly fix: string }[] {
  const config = readConfig(props.config, [''], VOCABULARY);
  if (!config || config.services.length === 0) return [];
  const graphs = apps.map((app) => new Graph(app));
  const problems = [...contradictedServices(graphs, config), ...unmatchedServices(graphs, config)];
  return problems.map(({ path, problem, fix }) => ({
    description: `${path}: ${problem}`,
    fix,
  }));
}

/**
 * The contracts with third parties that nobody has looked at again in time, in sentences.
 *
 * @internal
 */
export function overdueIn(
  apps: readonly SourceApp[],
  props: NinesProps,
): readonly { readonly description: string; readonly fix: string }[] {
  const config = readConfig(props.config, [''], VOCABULARY);
  const today = props.today ?? new Date();
  return apps
    .flatMap((app) => overdueReviews(new Graph(app), today, config))
    .map(({ service, thirdParty, reviewBy }) => ({
      description: `the contract of ${printable(service)} with ${printable(thirdParty)} was to be reviewed by ${reviewBy}`,
      fix: 'look at the contract again, then write the next day into its reviewBy',
    }));
}

/**
 * What a synthesis reports: fails, and unknowns that the app may settle. Beside it, the unknowns that stay in every
 * synthesis, which would hide the rest.
 *
 * @internal
 */
export function reported(verdicts: readonly Verdict[]): {
  readonly shown: readonly Verdict[];
  readonly elsewhere: readonly Verdict[];
} {
  const told = verdicts.filter(
    ({ verdict, subsumedBy }) => (verdict === 'fail' || verdict === 'unknown') && !subsumedBy,
  );
  const isElsewhere = (verdict: Verdict) => mayBeElsewhere(verdict) || isGivenAtDeploy(verdict);
  return { shown: told.filter((verdict) => !isElsewhere(verdict)), elsewhere: told.filter(isElsewhere) };
}
