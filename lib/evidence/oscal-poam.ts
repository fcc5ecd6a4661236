import type { Evidence, Renderer } from './evidence';
import { assessmentAssets, list, metadataOf, ORIGINS, written } from './oscal/document';
import { inventoryOf, type Observed, observationOf, observedIn } from './oscal/observations';
import { riskOf } from './oscal/risks';
import { line, markup, NS, properties } from './oscal/text';
import { uuidOf } from './oscal/uuid';

/** Renders what is still to be done as an OSCAL plan of action and milestones: open, accepted and unknown, each an item. */
export const oscalPoam: Renderer = (evidence) => written(documentOf(evidence), 3);

function documentOf(evidence: Evidence): object {
  const { at, version, result, register = [] } = evidence;
  const observed = observedIn(evidence);
  const apps = [...new Set(result.verdicts.map(({ app }) => app))].sort().join(', ');
  const items = observed.map(itemOf);
  return {
    'plan-of-action-and-milestones': {
      uuid: uuidOf('poam', at.toISOString(), version),
      metadata: metadataOf('What is open, accepted and unknown in templates', evidence),
      'system-id': { 'identifier-type': `${NS}/app`, id: line(apps) },
      'local-definitions': {
        ...list('inventory-items', inventoryOf(observed)),
        'assessment-assets': assessmentAssets(version),
      },
      ...list(
        'observations',
        observed.map((each) => observationOf(each, at)),
      ),
      ...list(
        'risks',
        observed.map((each) => riskOf(each, register)),
      ),
      'poam-items': items.length > 0 ? items : [NOTHING],
    },
  };
}

/** The standard asks for one item at least. */
const NOTHING = {
  uuid: uuidOf('item', 'nothing'),
  title: 'Nothing to do',
  description: 'No rule fails, nothing is accepted, and nothing is unknown.',
};

function itemOf({ verdict, rule, item, observation, risk }: Observed): object {
  const { accepted, fix } = verdict;
  return {
    uuid: item,
    title: markup(`${verdict.rule}: ${rule?.title ?? verdict.rule}`),
    description: markup(descriptionOf(verdict)),
    props: properties({
      state: accepted ? 'accepted' : verdict.verdict === 'unknown' ? 'unknown' : 'open',
      until: accepted?.until,
    }),
    origins: ORIGINS,
    'related-observations': [{ 'observation-uuid': observation }],
    'related-risks': [{ 'risk-uuid': risk }],
    remarks: markup(`To mend it: ${fix}`),
  };
}

function descriptionOf({ accepted, message, verdict }: Observed['verdict']): string {
  if (accepted) {
    const by = accepted.by === undefined ? '' : ` by ${accepted.by}`;
    const until = accepted.until === undefined ? ' without end' : ` until ${accepted.until}`;
    return `Accepted${by}${until}: ${accepted.reason} (${message})`;
  }
  return verdict === 'unknown' ? `Find out: ${message}` : message;
}
