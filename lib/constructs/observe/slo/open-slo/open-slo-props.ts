import { Duration } from 'aws-cdk-lib/core';
import { type Mistake, refuse } from '../../../../objectives/mistakes';
import { OPEN_SLO } from '../../../../objectives/open-slo';
import type { ServiceLevelObjectiveProps, SloWindow } from '../service-level-objective-props';
import { alertsOf, type Documents, silenceOf } from './alerts-of';
import { DocumentPart } from './document-part';
import { FIELDS } from './fields';
import { indicatorOf } from './indicator-of';
import { objectivesNamed, objectivesOf, slosNamed } from './objectives-of';
import { OpenSloApproximation, type OpenSloOptions } from './open-slo-options';
import { openSloDocuments } from './open-slo-text';
import { answeredBy, countedAs, furtherOf } from './own-notes';
import { targetsOf } from './targets-of';
import { MONTH, windowOf } from './time-window';

/**
 * One objective of OpenSLO v1 as properties of a {@link ServiceLevelObjective}.
 *
 * Sources of type CloudWatch are read: the `MetricDataQuery` list of `GetMetricData` in `spec.metricDataQueries` (or as JSON in
 * `spec.json`), or one metric in `spec.metricName`, `namespace`, `stat` and `dimensions`. For all others the option `metrics` names
 * the metric of CloudWatch that has their numbers. What OpenSLO can say and alarms cannot do is refused by its name, with the
 * approximation that `accept` would take instead.
 *
 * @param documents the text of the file, YAML or JSON, with all its documents; or what was parsed from it, one entry a document
 * @throws ConfigurationError with everything that cannot be taken over, each by its place
 * @see https://github.com/OpenSLO/OpenSLO
 */
export function openSloProps(
  documents: string | readonly unknown[],
  options: OpenSloOptions = {},
): ServiceLevelObjectiveProps {
  const all = readFrom(documents, options);
  const [only, ...others] = all;
  if (only && others.length === 0) return only;
  const names = all.map(({ name }) => name).join(', ');
  refuse('OpenSLO', [
    {
      problem: `there are ${all.length} objectives: ${names}`,
      fix: 'name one in the options name and objective, or read all of them with openSloObjectives',
    },
  ]);
  throw new Error('unreachable');
}

/**
 * All objectives of documents of OpenSLO v1, each as properties of a {@link ServiceLevelObjective}. Where an SLO has several, the
 * name of each has its `displayName` at the end, or its target.
 *
 * @param documents as {@link openSloProps} takes them
 * @throws ConfigurationError as {@link openSloProps}
 */
export function openSloObjectives(
  documents: string | readonly unknown[],
  options: OpenSloOptions = {},
): readonly ServiceLevelObjectiveProps[] {
  return readFrom(documents, options);
}

function readFrom(
  documents: string | readonly unknown[],
  options: OpenSloOptions,
): readonly ServiceLevelObjectiveProps[] {
  const mistakes: Mistake[] = [];
  const parts = openSloDocuments(documents).map((each) => new DocumentPart(each, titleOf(each), mistakes));
  const slos = slosNamed(parts, options.name);
  const propsOfAll = (slo: DocumentPart) =>
    objectivesNamed(objectivesOf(slo, options.accept ?? []), options.objective).map((objective) =>
      propsOf({ slo, objective: objective.part, name: objective.name, parts, options }),
    );
  const isBeside = (one: DocumentPart, base: DocumentPart) => furtherOf(one) === nameOf(base);
  const read = slos
    .filter((slo) => !slos.some((base) => isBeside(slo, base)))
    .flatMap((slo) => {
      const beside = parts.filter((part) => part.at('kind').value === 'SLO' && isBeside(part, slo));
      const further = beside.flatMap(propsOfAll).map((each) => each && windowAlone(each));
      return propsOfAll(slo).map((each) => each && besides(each, further));
    });
  // One that is used twice is told once.
  const told = new Map(mistakes.map((mistake) => [mistake.problem, mistake]));
  const [first, ...others] = slos.map(nameOf);
  refuse(`OpenSLO ${others.length === 0 ? first : ''}`.trim(), [...told.values()]);
  return read.filter((each) => each !== undefined);
}

interface Reading {
  readonly slo: DocumentPart;
  readonly objective: DocumentPart;
  readonly name: string;
  readonly parts: readonly DocumentPart[];
  readonly options: OpenSloOptions;
}

function propsOf({ slo, objective, name, parts, options }: Reading): ServiceLevelObjectiveProps | undefined {
  const { accept = [], severities = {}, topics = {}, metrics } = options;
  if (!isOfVersion(slo)) return undefined;
  slo.at('spec').hasOnly(FIELDS.slo);
  objective.hasOnly(FIELDS.objective);
  const find: Documents = (kind, wanted) => {
    const found = parts.find((part) => part.at('kind').value === kind && nameOf(part) === String(wanted));
    if (found) isOfVersion(found);
    return found;
  };
  const window = windowOf(slo.at('spec').at('timeWindow'), accept);
  const target = targetOf(objective);
  const sli = sliOf(objective, slo.at('spec'), find);
  const sources = { dataSources: dataSourcesOf(parts), metrics, slo: nameOf(slo) };
  const indicator = sli && indicatorOf({ sli, slo, objective, sources, accept });
  const ofTier = accept.includes(OpenSloApproximation.ALERTS_OF_THE_TIER);
  const alerting = { find, accept, severities };
  const alerts = ofTier ? undefined : alertsOf(slo, window ?? MONTH, alerting);
  const told = ofTier ? {} : targetsOf(slo, alerting, topics);
  if (!indicator || target === undefined || sli === undefined) return undefined;
  const silence = ofTier ? undefined : silenceOf(slo, find);
  return {
    indicator,
    name,
    objective: target,
    window: Duration.seconds(window ?? MONTH),
    ...(alerts && { alerts }),
    ...told,
    ...(silence !== undefined && { alertOnSilence: silence }),
    ...countedAs(slo, sli),
    ...answeredBy(slo),
  };
}

/** Other versions have other fields, of which nothing more is said. */
function isOfVersion(document: DocumentPart): boolean {
  const version = document.at('apiVersion');
  if (version.value === OPEN_SLO) return true;
  version.note(`is ${JSON.stringify(version.value)}`, `write it for ${OPEN_SLO}`);
  return false;
}

function windowAlone({ window, objective, alerts }: ServiceLevelObjectiveProps): SloWindow | undefined {
  return window && { window, ...(objective !== undefined && { objective }), ...(alerts && { alerts }) };
}

function besides(
  props: ServiceLevelObjectiveProps,
  further: readonly (SloWindow | undefined)[],
): ServiceLevelObjectiveProps {
  const furtherWindows = further.filter((each) => each !== undefined);
  return furtherWindows.length === 0 ? props : { ...props, furtherWindows };
}

function nameOf(part: DocumentPart): string {
  return String(part.at('metadata').at('name').value);
}

function dataSourcesOf(parts: readonly DocumentPart[]): ReadonlyMap<string, DocumentPart> {
  return new Map(
    parts.filter((part) => part.at('kind').value === 'DataSource').map((part) => [nameOf(part), part]),
  );
}

/** `SLI cart-availability`: where its mistakes are. */
function titleOf(document: unknown): string {
  const part = new DocumentPart(document, '', []);
  return `${String(part.at('kind').value)} ${nameOf(part)}`;
}

function targetOf(objective: DocumentPart): number | undefined {
  const [share, percent] = [objective.at('target'), objective.at('targetPercent')];
  objective.hasOneOf('target', 'targetPercent');
  if (share.isSet) return share.number();
  if (!percent.isSet) return objective.note('has no target', 'write target: 0.999');
  const value = percent.number();
  return value === undefined ? undefined : Number((value / 100).toPrecision(12));
}

/** An objective may have an indicator of its own; else it counts that of its SLO. */
function sliOf(objective: DocumentPart, spec: DocumentPart, find: Documents): DocumentPart | undefined {
  for (const each of [objective, spec]) each.hasOneOf('indicator', 'indicatorRef');
  const inline = [objective, spec].map((each) => each.at('indicator')).find(({ isSet }) => isSet);
  const reference = [objective, spec].map((each) => each.at('indicatorRef')).find(({ isSet }) => isSet);
  if (inline) return inline;
  if (!reference) return spec.note('has neither indicator nor indicatorRef', 'write one of them');
  return find('SLI', reference.value) ?? reference.note('names no SLI of the documents', 'add it');
}
