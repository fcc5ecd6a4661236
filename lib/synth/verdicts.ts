import { Graph } from '../assembly/graph';
import type { SourceApp } from '../assembly/source/source';
import { type AuditResult, audit } from '../audit/engine';
import { RULES } from '../audit/rules';
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
 * Judges apps by every rule, with the services that the configuration declares.
 *
 * @internal
 */
export function judgeApps(apps: readonly SourceApp[], props: NinesProps, unfinished?: string): AuditResult {
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
      ...(config && { config }),
    },
  );
}
