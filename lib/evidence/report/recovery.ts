import type { Recovery, RecoveryTerm } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { durationWords } from '../../calculus/duration-words';
import { DISRUPTIONS, type Disruption, disruptionName } from '../../objectives/disruption';
import { tierPolicy } from '../../objectives/tier-policy';
import { el, type Html } from '../html/element';
import { badge } from '../html/table';

import { capital, lossOf } from './missing';
import { objectiveBar } from './objective-bar';
import type { ServicePart } from './report-evidence';
import { provenance, traced } from './trace';

/** How long the service takes to come back and what it loses, for each kind of disruption, against what is owed. */
export function recoverySection(part: ServicePart): Html {
  return [
    el('h3', { id: `${part.id}-recovery` }, 'Recovery'),
    el(
      'p',
      { class: 'quiet' },
      'At the worst, against what is owed: the mark on each bar. Parts of a bar are numbered as in the list that its figure opens.',
    ),
    DISRUPTIONS.map((disruption) => disruptionBlock(part, disruption)),
  ];
}

function disruptionBlock({ assessed, id }: ServicePart, disruption: Disruption): Html {
  const recovery = assessed.recovery[disruption];
  const owed = assessed.service.recovery[disruption];
  return el(
    'div',
    { class: 'recovery', id: `${id}-recovery-${disruption}` },
    el(
      'p',
      { class: 'recovery-name' },
      el('strong', {}, capital(disruptionName(disruption))),
      ' ',
      verdictBadge(recovery),
    ),
    line('Back after', timeFigure(recovery), {
      terms: recovery.rtoTerms,
      total: recovery.rtoSeconds,
      owed: owed.rtoSeconds,
      owedFigure: owedFigure(assessed.service.tier, disruption, 'rto', owed.rtoSeconds),
    }),
    owed.rpoSeconds !== undefined &&
      line('Loses', dataFigure(recovery), {
        terms: recovery.rpoTerms,
        total: recovery.rpoSeconds ?? 0,
        owed: owed.rpoSeconds,
        owedFigure: owedFigure(assessed.service.tier, disruption, 'rpo', owed.rpoSeconds),
      }),
    recovery.open !== undefined && el('p', { class: 'because' }, `Not shown by the app: ${recovery.open}.`),
    recovery.because !== undefined &&
      el(
        'p',
        { class: 'because' },
        `${recovery.open === undefined ? '' : 'At the worst, '}${recovery.because}`,
      ),
    recovery.unknown !== undefined && el('p', { class: 'because' }, `Not known: ${recovery.unknown}.`),
  );
}

function verdictBadge({ meets }: Recovery): Html {
  if (meets === undefined) return badge('unknown', '? not known');
  return meets ? badge('pass', '✓ as owed') : badge('error', '✗ not as owed');
}

interface BarLine {
  readonly terms: readonly RecoveryTerm[];
  readonly total: number;
  readonly owed: number;
  readonly owedFigure: Html;
}

function line(name: string, figure: Html, { terms, total, owed, owedFigure }: BarLine): Html {
  return el(
    'div',
    { class: 'recovery-line' },
    el('div', { class: 'recovery-figure' }, el('span', {}, `${name} `), figure),
    objectiveBar(
      terms.map(({ seconds }) => seconds),
      total,
      owed,
    ),
    el('div', { class: 'recovery-owed' }, el('span', {}, 'owed '), owedFigure),
  );
}

/** The time to come back, as a figure that opens to its terms. */
export function timeFigure({ rtoSeconds, typicalRtoSeconds, rtoTerms, because }: Recovery): Html {
  return traced(
    durationWords(rtoSeconds),
    termList(rtoTerms, because),
    el('p', {}, `As it usually goes: ${durationWords(typicalRtoSeconds)}.`),
  );
}

function dataFigure({ rpoSeconds, rpoTerms, because }: Recovery): Html {
  if (rpoSeconds === undefined)
    return traced(
      'nothing',
      el('p', {}, 'The service holds no data that this could lose, as the app sets it.'),
    );
  return traced(
    lossOf(rpoSeconds),
    termList(rpoTerms, rpoSeconds === 0 ? 'No copy is behind: nothing is lost.' : because),
  );
}

/** The parts of a time, numbered as in its bar, each with its source and resource. */
function termList(terms: readonly RecoveryTerm[], because: string | undefined): Html {
  if (terms.length === 0)
    return el('p', {}, `${(because ?? 'Nothing has to happen').replace(/\.$/, '')}; as the app sets it.`);
  return el(
    'ol',
    { class: 'terms' },
    terms.map(({ what, seconds, source, resource }) =>
      el(
        'li',
        {},
        `${what}: ${durationWords(seconds)}; `,
        provenance(source),
        resource && el('div', { class: 'quiet' }, nameOf(resource)),
      ),
    ),
  );
}

/** What is owed, and who says so. */
function owedFigure(
  tier: ServicePart['assessed']['service']['tier'],
  disruption: Disruption,
  what: 'rto' | 'rpo',
  seconds: number,
): Html {
  const policy: Partial<Record<'rto' | 'rpo', Decision>> = tierPolicy(tier).recovery[disruption];
  const decided = policy[what];
  const byTier = decided !== undefined && decided.value.toSeconds() === seconds;
  return traced(
    durationWords(seconds),
    byTier
      ? el('p', {}, `Tier ${tier}: ${decided.because}; `, provenance(decided.source))
      : el('p', {}, 'Declared with the service.'),
  );
}

interface Decision {
  readonly value: { toSeconds(): number };
  readonly because: string;
  readonly source: string;
}
