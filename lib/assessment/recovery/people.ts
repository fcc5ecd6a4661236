import type { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { troubleNoticed } from './noticing';
import { inSequence, type Path, type Step, taking } from './path';

/** Somebody is called, understands, and decides. */
export function peopleDecide(fix?: string): readonly Step[] {
  return [acknowledged(fix), decided(fix)];
}

/** Somebody is called and looks. */
export function acknowledged(fix?: string): Step {
  return taking(AWS_FACTS.acknowledgeSeconds, { what: 'a person takes the call', ...(fix && { fix }) });
}

/** Somebody decides what to do. */
export function decided(fix?: string): Step {
  return taking(AWS_FACTS.decideSeconds, { what: 'a person decides', ...(fix && { fix }) });
}

/** Nothing of the app acts by itself: somebody notices that a resource does not work, decides, and does something. */
export function byHand(resource: Resource, step: Step | Path, fix?: string): Path {
  return inSequence(troubleNoticed(resource, fix), ...peopleDecide(fix), step);
}
