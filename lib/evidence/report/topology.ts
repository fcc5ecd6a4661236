import type { Resource } from '../../assembly/resource';
import type { EventShare } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import type { TopologyComponent } from '../../assessment/topology';
import type { Leaning } from '../../assessment/topology/view';
import { groupBy } from '../group-by';
import { el, type Html } from '../html/element';
import { badge, lines, table } from '../html/table';
import { draw } from '../picture/draw';
import { folded, MOST_BOXES } from '../picture/folded';
import { typeName } from '../picture/labels';
import { layout } from '../picture/layout';
import { LINE_WORDS, lineSample, SIGN_WORDS } from '../picture/legend';
import { fraction, minutes, percent } from './figures';
import { announced, lossesOf, type PlaceLoss, recoveryOf } from './losses';
import { eventLink } from './numbers';
import { timeFigure } from './recovery';
import type { ServicePart } from './report-evidence';
import { costOf } from './spof';
import { likelihoodTerms, traced } from './trace';

const WIDE = 1140;
const NARROW = 336;

/** The picture of a service, and what each loss leaves of it. */
export function topologySection(part: ServicePart): Html {
  const losses = lossesOf(part);
  const places = new Map(losses.map(({ event, key }) => [event, key]));
  const { components, regions } = part.topology;
  const label = `Topology: ${components.length} components in ${regions.length} regions; told in words below the picture.`;
  const roles = new Map([...part.assessed.service.roles].map(([region, role]) => [region, String(role)]));
  const picture = (kind: string, width: number, stacked: boolean) =>
    el(
      'div',
      { class: `picture ${kind}` },
      draw(layout(part.topology, { width, stacked, roles }), { label, places }),
    );
  return [
    el('h3', { id: `${part.id}-picture` }, 'Topology'),
    components.length === 0
      ? el('p', {}, 'Nothing was found that takes part in serving.')
      : el(
          'div',
          { class: 'losses', 'data-rows': `${part.id}-c` },
          controls(part, losses),
          picture('wide', WIDE, false),
          picture('narrow', NARROW, true),
          legend(),
          foldedNote(part),
          lossTable(part, losses),
          inWords(part),
        ),
    domains(part),
  ];
}

/** What the picture draws together. */
function foldedNote({ topology }: ServicePart): Html {
  const drawn = folded(topology).components.filter(({ members }) => members !== undefined);
  const count = drawn.reduce((sum, { members = [] }) => sum + members.length, 0);
  return (
    count > 0 &&
    el(
      'p',
      { class: 'quiet' },
      `At most ${MOST_BOXES} boxes are drawn for a region: ${count} of ${topology.components.length} components are drawn as ${drawn.length}, by type and zone, with their number (×). Each of them stands in “The picture in words”.`,
    )
  );
}

function controls(part: ServicePart, losses: readonly PlaceLoss[]): Html {
  const all = `Nothing is lost: all ${part.topology.components.length} components serve. Lose a region or a zone to see what is left.`;
  return [
    el(
      'div',
      {
        class: 'lose',
        role: 'group',
        'aria-label': 'Lose a region or a zone',
        'data-script': '',
        hidden: true,
      },
      el('span', {}, 'Lose'),
      el('button', { type: 'button', 'aria-pressed': 'true', 'data-said': all }, 'nothing'),
      losses.map((loss) =>
        el(
          'button',
          {
            type: 'button',
            'aria-pressed': 'false',
            'data-key': loss.key,
            'data-places': loss.places.join(' '),
            'data-failed': loss.failed.join(' '),
            'data-impaired': loss.impaired.join(' '),
            'data-stops': loss.stops ? 'yes' : 'no',
            'data-said': announced(part, loss),
            'data-row': `${part.id}-${loss.key}`,
          },
          loss.what,
        ),
      ),
    ),
    el('p', { class: 'said', role: 'status', 'data-script': '', hidden: true }, all),
    el(
      'p',
      { class: 'said-of', hidden: true },
      el('a', { href: `#${part.id}-picture` }, 'What this is made of'),
    ),
  ];
}

function legend(): Html {
  const lineKinds = Object.entries(LINE_WORDS) as readonly (readonly [Leaning, string])[];
  return el(
    'ul',
    { class: 'legend' },
    lineKinds.map(([leaning, words]) =>
      el('li', {}, el('svg', { width: 34, height: 10, 'aria-hidden': 'true' }, lineSample(leaning)), words),
    ),
    SIGN_WORDS.map((words) => el('li', {}, words)),
  );
}

function lossTable(part: ServicePart, losses: readonly PlaceLoss[]): Html {
  return table(
    'What each loss leaves',
    [
      'Lost',
      'The service',
      'Back after',
      'Fails',
      'Goes on with less',
      'Components left',
      'Available meanwhile',
    ],
    losses.map((loss) => [
      el('span', { id: `${part.id}-${loss.key}`, tabindex: -1 }, loss.what),
      loss.stops ? badge('error', '✗ stops') : badge('pass', '✓ serves'),
      loss.stops ? timeFigure(recoveryOf(part, loss)) : 'it goes on',
      loss.lostWords,
      loss.lessWords,
      loss.leftWords,
      traced(
        percent(loss.stoppedMeanwhile),
        el(
          'p',
          {},
          `1 − ${fraction(loss.stoppedMeanwhile)}: the fault tree with this event given, all others as likely as ever (risk achievement worth × unavailability). `,
          shareLink(part, loss.event),
        ),
      ),
    ]),
  );
}

function shareLink(part: ServicePart, id: string): Html {
  const share = part.assessed.availability.shares.find(({ event }) => event.id === id);
  return share && ['See ', eventLink(part, share), '.'];
}

const LEANINGS: Readonly<Record<Leaning, string>> = {
  needs: 'needs',
  oneOf: 'one of several:',
  failsOverTo: 'fails over to',
};

/** The picture for those who do not see it, and for what it had no room for. */
function inWords(part: ServicePart): Html {
  const { components, edges } = part.topology;
  const names = new Map(components.map(({ resource }) => [resource.id, nameOf(resource)]));
  const costs = costsByResource(part);
  const bySource = new Map<string, string[]>();
  for (const { from = '', to, leaning } of edges)
    bySource.set(from, [...(bySource.get(from) ?? []), `${LEANINGS[leaning]} ${names.get(to) ?? to}`]);
  return el(
    'details',
    {},
    el('summary', {}, 'The picture in words'),
    table(
      'Components',
      ['Component', 'What', 'Stands in', 'Leans on', 'Its own failures cost a year'],
      components.map((component, index) => [
        el('span', { id: `${part.id}-c${index}`, tabindex: -1 }, nameOf(component.resource)),
        `${typeName(component.resource.type)}${component.entry ? ', a way in' : ''}${component.stopsAlone ? ', stops the service alone' : ''}`,
        standsIn(component),
        lines(bySource.get(component.resource.id) ?? []),
        ownCost(part, component, costs),
      ]),
    ),
  );
}

function costsByResource({ assessed }: ServicePart): ReadonlyMap<Resource, readonly EventShare[]> {
  const costs = new Map<Resource, EventShare[]>();
  for (const share of assessed.availability.shares)
    for (const resource of new Set(share.event.resources)) {
      const known = costs.get(resource);
      if (known) known.push(share);
      else costs.set(resource, [share]);
    }
  return costs;
}

function ownCost(
  part: ServicePart,
  { resource, minutesPerYear }: TopologyComponent,
  costs: ReadonlyMap<Resource, readonly EventShare[]>,
): Html {
  const own = costs.get(resource) ?? [];
  if (own.length === 0)
    return traced(
      minutes(minutesPerYear),
      el('p', {}, 'It has no failures of its own: it fails with what it leans on, as the app sets it.'),
    );
  const alike = groupBy(own, ({ event }) => JSON.stringify(event.likelihood.terms));
  const made = [...alike.values()].map((shares) => [
    el(
      'ul',
      { class: 'terms' },
      shares.map((share) => el('li', {}, eventLink(part, share), `: ${minutes(share.minutesPerYear)}`)),
    ),
    el('p', {}, shares.length > 1 ? 'Each is made of:' : 'Made of:'),
    likelihoodTerms(shares[0]?.event.likelihood.terms ?? []),
  ]);
  return traced(minutes(minutesPerYear), made);
}

function standsIn({ regions, zones }: TopologyComponent): string {
  const places = zones.map(({ zone, units }) => (units > 0 ? `${zone} (${units})` : zone));
  return [...regions, ...places].join(', ') || 'no region';
}

/** What strikes many components at once. */
function domains(part: ServicePart): Html {
  const shares = new Map(part.assessed.availability.shares.map((share) => [share.event.id, share]));
  return table(
    'Shared failure domains, the costliest first',
    ['Domain', 'Strikes directly', 'Unavailable', 'Costs a year'],
    part.topology.domains.map(({ event, components, minutesPerYear }) => {
      const share = shares.get(event.id);
      return [
        share ? eventLink(part, share) : event.what,
        components === 0
          ? 'the whole service'
          : `${components} of ${part.topology.components.length} components`,
        traced(fraction(event.likelihood.unavailability), likelihoodTerms(event.likelihood.terms)),
        share ? costOf(share) : minutes(minutesPerYear),
      ];
    }),
  );
}
