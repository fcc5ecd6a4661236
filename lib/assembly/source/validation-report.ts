import { dirname, join } from 'node:path';
import { isList, isObject, own, ownObject, ownString } from './json';
import { parse } from './parse';
import { refusal } from './refusal';
import type { ConstructOrigin, Json, JsonObject } from './source';
import { readText, type TextFile } from './text-file';
import { firstUserLine } from './trace';

/** What one plug-in says of one construct in the `validation-report.json` that the CDK writes. */
export interface ReportedViolation {
  readonly plugin: string;
  readonly pluginVersion?: string;
  readonly rule: string;
  readonly description: string;
  readonly fix?: string;

  /** In the plug-in's own words. */
  readonly severity?: string;

  readonly constructPath?: string;
  readonly logicalId?: string;

  /** The template, from where the report stands. */
  readonly file?: string;

  readonly property?: string;

  /** The user's own line that made the construct, where the app was run with stack traces. */
  readonly source?: ConstructOrigin['source'];

  /** Why somebody accepted it. @default - nobody did */
  readonly acknowledged?: { readonly reason: string };
}

const FIX = 'name a validation-report.json that cdk synth wrote';

/**
 * Reads the report of all validation plug-ins of an app, one entry for each construct that is named.
 *
 * @throws ConfigurationError when the file cannot be read or is no such report
 */
export function readValidationReport(file: string): readonly ReportedViolation[] {
  const source = readText(file);
  const report = parse(source);
  const plugins = isObject(report) ? own(report, 'pluginReports') : undefined;
  if (!isList(plugins)) throw refusal({ file, problem: 'has no list pluginReports', fix: FIX });
  return plugins.flatMap((plugin) => violationsOf(source, plugin));
}

function violationsOf({ file }: TextFile, plugin: Json): readonly ReportedViolation[] {
  const name = isObject(plugin) ? ownString(plugin, 'pluginName') : undefined;
  if (!isObject(plugin) || name === undefined) {
    throw refusal({ file, problem: 'has an entry of pluginReports without pluginName', fix: FIX });
  }
  const version = ownString(plugin, 'pluginVersion');
  const from = { plugin: name, ...(version !== undefined && { pluginVersion: version }) };
  const reported = entriesOf(plugin, 'violations').map((entry) => ({ entry, suppressed: false }));
  const suppressed = entriesOf(plugin, 'suppressedViolations').map((entry) => ({ entry, suppressed: true }));
  // A plug-in that failed without a word must not look like one that found nothing.
  if (reported.length === 0 && ownString(plugin, 'conclusion') === 'failure') {
    const silent = { ...from, rule: 'failure', severity: 'error' };
    return [{ ...silent, description: 'the plug-in failed and names no violation' }];
  }
  return [...reported, ...suppressed].flatMap(({ entry, suppressed }) => {
    const common = { ...from, ...whatIn(entry, suppressed) };
    const places = entriesOf(entry, 'violatingConstructs').map((construct) =>
      placeIn(construct, dirname(file)),
    );
    return (places.length > 0 ? places : [{}]).map((place) => ({ ...common, ...place }));
  });
}

function whatIn(entry: JsonObject, suppressed: boolean): Omit<ReportedViolation, 'plugin'> {
  return {
    rule: ownString(entry, 'ruleName') ?? 'unnamed',
    description: ownString(entry, 'description') ?? '',
    ...textOf(entry, 'suggestedFix', 'fix'),
    ...textOf(entry, 'severity', 'severity'),
    ...(suppressed && { acknowledged: { reason: ownString(entry, 'reason') ?? '' } }),
  };
}

function placeIn(construct: JsonObject, folder: string): Partial<ReportedViolation> {
  const resource = ownObject(construct, 'cloudFormationResource');
  const template = ownString(resource, 'templatePath');
  const property = listOf(resource, 'propertyPaths').find((path) => typeof path === 'string');
  const frames = listOf(construct, 'stackTraces').flatMap((trace) =>
    typeof trace === 'string' ? trace.split('\n') : [],
  );
  const source = firstUserLine(frames);
  return {
    ...textOf(construct, 'constructPath', 'constructPath'),
    ...textOf(resource, 'logicalId', 'logicalId'),
    ...(template !== undefined && { file: join(folder, template) }),
    ...(typeof property === 'string' && { property: property.replace(/^Properties\.?/, '') }),
    ...(source && { source }),
  };
}

function textOf<K extends string>(holder: JsonObject, key: string, name: K): Partial<Record<K, string>> {
  const value = ownString(holder, key);
  return value === undefined ? {} : ({ [name]: value } as Record<K, string>);
}

function listOf(holder: JsonObject, key: string): readonly Json[] {
  const value = own(holder, key);
  return isList(value) ? value : [];
}

function entriesOf(holder: JsonObject, key: string): readonly JsonObject[] {
  return listOf(holder, key).filter(isObject);
}
