import { Duration } from 'aws-cdk-lib/core';
import { type Mistake, refuse } from '../../../../objectives/mistakes';
import { OPEN_SLO, OPEN_SLO_ANNOTATIONS, openSloSeconds } from '../../../../objectives/open-slo';
import type { ServiceLevelObjectiveProps } from '../service-level-objective-props';
import { alertsOf, type Documents, silenceOf } from './alerts-of';
import { DocumentPart } from './document-part';
import { indicatorOf } from './indicator-of';

/** A month, where a document says no window: what OpenSLO leaves to the implementation. */
const MONTH = 30 * 86_400;

/**
 * An objective of OpenSLO v1 as properties of a {@link ServiceLevelObjective}.
 *
 * Metrics must be those of CloudWatch: `type: CloudWatch`, with the `MetricDataQuery` list of `GetMetricData` in
 * `spec.metricDataQueries`. What OpenSLO can say and alarms cannot do is refused by its name: calendar windows, several
 * objectives, `raw` ratios, growing counters, slices other than minutes, delays of alerts.
 *
 * @param documents what the YAML or JSON of the file holds, one entry a document
 * @param name the objective, where there are several. @default - the only one
 * @throws ConfigurationError with everything that cannot be taken over, each by its place
 * @see https://github.com/OpenSLO/OpenSLO
 */
export function openSloProps(documents: readonly unknown[], name?: string): ServiceLevelObjectiveProps {
  const mistakes: Mistake[] = [];
  const parts = documents.flat().map((each) => new DocumentPart(each, titleOf(each), mistakes));
  const slo = sloNamed(parts, name);
  const place = `OpenSLO ${String(slo.at('metadata').at('name').value)}`;
  const version = slo.at('apiVersion');
  if (version.value !== OPEN_SLO)
    version.note(`is ${JSON.stringify(version.value)}`, `write it for ${OPEN_SLO}`);
  const find: Documents = (kind, wanted) =>
    parts.find((part) => part.at('kind').value === kind && part.at('metadata').at('name').value === wanted);
  const spec = slo.at('spec');
  const window = windowOf(spec.at('timeWindow'));
  const objective = spec.at('objectives').only('objectives');
  const target = objective && targetOf(objective);
  const sli = sliOf(spec, find);
  const dataSources = new Map(
    parts
      .filter((part) => part.at('kind').value === 'DataSource')
      .map((part) => [String(part.at('metadata').at('name').value), part]),
  );
  const indicator = sli && objective && indicatorOf({ sli, slo, objective, dataSources });
  const alerts = alertsOf(slo, window ?? MONTH, find);
  refuse(place, mistakes);
  if (!indicator || target === undefined) throw new Error(`${place}: what is wrong was not noted`);
  const least = Number(sli.at('metadata').at('annotations').at(OPEN_SLO_ANNOTATIONS.leastBad).value);
  const silence = silenceOf(slo, find);
  return {
    indicator,
    name: String(slo.at('metadata').at('name').value),
    objective: target,
    window: Duration.seconds(window ?? MONTH),
    ...(alerts && { alerts }),
    ...(silence !== undefined && { alertOnSilence: silence }),
    ...(least > 0 && { leastBadEvents: least }),
  };
}

/** `SLI cart-availability`: where its mistakes are. */
function titleOf(document: unknown): string {
  const part = new DocumentPart(document, '', []);
  return `${String(part.at('kind').value)} ${String(part.at('metadata').at('name').value)}`;
}

function sloNamed(parts: readonly DocumentPart[], name: string | undefined): DocumentPart {
  const all = parts.filter((part) => part.at('kind').value === 'SLO');
  const nameOf = (part: DocumentPart) => String(part.at('metadata').at('name').value);
  const [found, ...others] = all.filter((part) => name === undefined || nameOf(part) === name);
  if (found && others.length === 0) return found;
  refuse('OpenSLO', [
    {
      problem:
        name === undefined
          ? `there are ${all.length} documents of kind SLO`
          : `no SLO is called ${name}, or several are`,
      fix: all.length === 0 ? 'add one' : `name one of ${all.map(nameOf).join(', ')}`,
    },
  ]);
  throw new Error('unreachable');
}

function windowOf(part: DocumentPart): number | undefined {
  if (!part.isSet) return MONTH;
  const window = part.only('windows');
  if (window === undefined) return undefined;
  if (window.at('calendar').isSet || window.at('isRolling').value === false)
    return window.note(
      'follows the calendar: alarms look back from now',
      'write isRolling: true, without calendar',
    );
  const duration = window.at('duration');
  return (
    openSloSeconds(duration.value) ??
    duration.note(`is ${JSON.stringify(duration.value)}, no duration`, 'write one such as 30d')
  );
}

function targetOf(objective: DocumentPart): number | undefined {
  const [share, percent] = [objective.at('target'), objective.at('targetPercent')];
  if (share.isSet) return share.number();
  if (!percent.isSet) return objective.note('has no target', 'write target: 0.999');
  const value = percent.number();
  return value === undefined ? undefined : Number((value / 100).toPrecision(12));
}

function sliOf(spec: DocumentPart, find: Documents): DocumentPart | undefined {
  const [inline, reference] = [spec.at('indicator'), spec.at('indicatorRef')];
  if (inline.isSet) return inline;
  if (!reference.isSet) return spec.note('has neither indicator nor indicatorRef', 'write one of them');
  return find('SLI', reference.value) ?? reference.note('names no SLI of the documents', 'add it');
}
