import { type DataFlow, dataFlowsOf, FLOWING_TYPES } from '../../assembly/data/data-flows';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Unknown } from '../../assembly/value';
import { awsRegion } from '../../calculus/aws-regions';
import type { CatalogueResidency } from '../../objectives/catalogue';
import { RESIDENCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const dataStaysWhereItMay: Rule = {
  id: 'X-80',
  title: 'Data, its copies, its logs and its messages stay where they may lie.',
  kind: 'compliance',
  why: 'A replica or a log in another country moves the data there, whatever the contract or the law says.',
  fix: 'send it to a region that the residency of the service allows',
  severity: HIGH,
  appliesTo: FLOWING_TYPES,
  controls: RESIDENCY,
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/aws-caf-security-perspective/data-protection.html',
  ],
  check: (resource, { service }) => {
    const residency = service.catalogue?.residency;
    if (!residency) return notApplicable('its service may keep its data anywhere');
    const flows = dataFlowsOf(resource);
    return flows.map((flow) => judgeFlow(flow, residency));
  },
};

function judgeFlow({ property, what, region, presence }: DataFlow, residency: CatalogueResidency): Judgement {
  const at = property === '' ? {} : { property };
  if (region === undefined) return notApplicable(`${property} names nothing that stands in a region`);
  if (region instanceof Unknown) return unknown(at.property, region);
  const allowed = allows(residency, region);
  if (allowed) return pass({ ...at, found: `${what} in ${region}` });
  if (allowed === undefined) return unknown(at.property, `the country of ${region} is not known`);
  if (presence instanceof Unknown) return unknown(at.property, presence);
  const needed = [...residency.regions, ...residency.countries].join(', ');
  return fail({ ...at, found: `${what} in ${region}`, needed: `${needed}, where it may lie` });
}

function allows({ regions, countries }: CatalogueResidency, region: string): boolean | undefined {
  if (regions.includes(region)) return true;
  if (countries.length === 0) return false;
  const known = awsRegion(region);
  return known && countries.includes(known.country);
}
