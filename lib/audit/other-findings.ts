import { printable } from '../assembly/source/printable';
import type { ConstructOrigin, SourceApp, SourceStack } from '../assembly/source/source';
import type { ReportedViolation } from '../assembly/source/validation-report';
import { PLUGIN_NAME } from './acceptance';
import type { Severity } from './severity';

/** What another tool found in the same app. It counts neither in our figures nor for the exit code: that tool judges. */
export interface OtherFinding {
  /** The plug-in's name, such as `AwsSolutions`. */
  readonly tool: string;

  readonly toolVersion?: string;
  readonly rule: string;

  /** Unknown where the tool could not evaluate its rule. */
  readonly verdict: 'fail' | 'unknown';

  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly constructPath?: string;
  readonly logicalId?: string;

  /** The template. */
  readonly file?: string;

  readonly property?: string;
  readonly source?: { readonly file: string; readonly line: number };

  /** Why somebody accepted it. @default - nobody did */
  readonly accepted?: { readonly reason: string };
}

/** The plug-ins of this package: what they say, the audit says itself. */
const OWN_PLUGINS: readonly string[] = [PLUGIN_NAME, `${PLUGIN_NAME}-nag`];

/** The aspect of this package annotates, and the CDK reports all annotations under one name. */
const ANNOTATIONS = 'Construct Annotations';

/** How cdk-nag says that a rule threw on a value that is known only at deploy. */
const NOT_EVALUATED = /^Rule threw an error during validation/;

/** What others report of the apps, with the place of each construct, in the order of tool, severity and place. */
export function otherFindings(
  reported: readonly ReportedViolation[],
  apps: readonly SourceApp[],
): readonly OtherFinding[] {
  const places = placesOf(apps);
  return reported
    .filter((violation) => !isOurs(violation))
    .map((violation) => findingOf(violation, places))
    .sort(byToolAndSeverity);
}

/** By who reported it, not by what its rule is called: packs of others may name rules alike. */
function isOurs({ plugin, rule }: ReportedViolation): boolean {
  if (OWN_PLUGINS.includes(plugin)) return true;
  return plugin === ANNOTATIONS && rule.startsWith(`${PLUGIN_NAME}::`);
}

interface Place {
  readonly file: string;
  readonly logicalId: string;
  readonly source?: ConstructOrigin['source'];
}

function findingOf(violation: ReportedViolation, places: ReadonlyMap<string, Place>): OtherFinding {
  const { plugin, pluginVersion, rule, description, fix, constructPath, acknowledged } = violation;
  const place = constructPath === undefined ? undefined : places.get(constructPath);
  const { logicalId, file, source, property } = { ...place, ...violation };
  return {
    tool: printable(plugin),
    ...(pluginVersion !== undefined && { toolVersion: printable(pluginVersion) }),
    rule: printable(rule),
    verdict: NOT_EVALUATED.test(description) ? 'unknown' : 'fail',
    severity: severityOf(violation.severity),
    message: printable(description),
    ...(fix !== undefined && { fix: printable(fix) }),
    ...(constructPath !== undefined && { constructPath: printable(constructPath) }),
    ...(logicalId !== undefined && { logicalId: printable(logicalId) }),
    ...(file !== undefined && { file: printable(file) }),
    ...(property !== undefined && { property: printable(property) }),
    ...(source && { source: { file: printable(source.file), line: source.line } }),
    ...(acknowledged && { accepted: { reason: printable(acknowledged.reason) } }),
  };
}

/** Plug-ins choose their own words; an unknown one is not taken for harmless. */
function severityOf(word: string | undefined): Severity {
  const known = (word ?? '').toLowerCase();
  if (['error', 'fatal', 'critical', 'high'].includes(known)) return 'error';
  return ['info', 'informational', 'low', 'note'].includes(known) ? 'info' : 'warning';
}

/** Where constructs stand, by path: few plug-ins say it. */
function placesOf(apps: readonly SourceApp[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = ({ file, constructs, nested }: SourceStack): void => {
    for (const [logicalId, { path, source }] of constructs) places.set(path, { file, logicalId, source });
    for (const stack of nested.values()) visit(stack);
  };
  for (const { stacks } of apps) stacks.forEach(visit);
  return places;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function byToolAndSeverity(a: OtherFinding, b: OtherFinding): number {
  const key = ({ rule, constructPath, logicalId }: OtherFinding) =>
    JSON.stringify([rule, constructPath ?? logicalId]);
  if (a.tool !== b.tool) return a.tool < b.tool ? -1 : 1;
  if (a.severity !== b.severity) return RANK[a.severity] - RANK[b.severity];
  if (key(a) === key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}
