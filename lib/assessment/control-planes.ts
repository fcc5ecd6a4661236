import type { ServiceAssessment } from './assessment';
import { regionKey } from './modelling';

/**
 * The control plane of Route 53, IAM and CloudFront, which stands in us-east-1.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 */
export const GLOBAL_PLANE = 'global';

/** Where the control planes of global services stand. */
const HOME_OF_GLOBAL = 'us-east-1';

const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'cloudfront',
  'global',
  'globalaccelerator',
  'iam',
  'organizations',
  'route53',
  'shield',
  'waf',
]);

/** The control planes that a service may need: those of its regions, and that of global services. */
export function planesOf({ service, availability: { model } }: ServiceAssessment): readonly string[] {
  const resources = new Set([...model.resources.values(), ...service.resources]);
  const regions = [...model.events.keys()].filter((id) => id.startsWith('region:'));
  return [
    ...new Set([
      ...regions.map((id) => id.slice('region:'.length)),
      ...service.roles.keys(),
      ...[...resources].map(regionKey),
      GLOBAL_PLANE,
    ]),
  ].sort();
}

/**
 * The control plane that somebody means: `route53` is that of global services, and `ec2@eu-west-1` that of the region, as all of
 * a region are counted as one.
 */
export function planeMeant(name: string): string {
  const [first = '', region] = name.toLowerCase().split('@');
  if (region !== undefined && region !== '') return planeMeant(region);
  return GLOBAL_SERVICES.has(first.replace(/[^a-z0-9]/g, '')) ? GLOBAL_PLANE : first;
}

/** All that is impaired with a control plane: those of global services stand in one of the regions. */
export function impairedWith(plane: string): ReadonlySet<string> {
  return new Set(plane === HOME_OF_GLOBAL ? [plane, GLOBAL_PLANE] : [plane]);
}

/** What people call a control plane. */
export function planeWords(plane: string): string {
  return plane === GLOBAL_PLANE ? 'the control plane of global services' : `the control plane of ${plane}`;
}
