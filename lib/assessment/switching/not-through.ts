import type { Resource } from '../../assembly/resource';
import type { FailoverTerm } from '../../calculus/failover-time';
import { switchingLikelihood } from '../../calculus/switching';
import type { Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { sayStart } from './plan-start';
import type { Promotion } from './promotion';
import { secondsOf } from './switch-plan';

/** A failover that works, while it is not through. */
export interface Switching {
  /** What is switched, as ids of events name it: `www.example.com A`. */
  readonly id: string;

  /** Whose users wait. */
  readonly usersOf: string;

  /** What they still go to: `the broken side`. */
  readonly broken: string;

  /** The way in, and what it belongs to. */
  readonly resources: readonly Resource[];

  /** What it takes until users are led elsewhere. */
  readonly led: readonly FailoverTerm[];

  /** What must be promoted there. @default - users are served as soon as they are led there */
  readonly promotion?: Promotion | undefined;
}

/** Users wait until they are led elsewhere, and what follows the lost data takes writes there: both begin at once. */
export function notThrough(switching: Switching, model: Modelling): Failure {
  const { id, usersOf, broken, resources, led, promotion } = switching;
  const waits = promotion && secondsOf(promotion.terms) > secondsOf(led) ? promotion : undefined;
  const terms = waits?.terms ?? led;
  if (waits?.plan) sayStart(waits.plan, waits.assumed, model);
  if (waits)
    model.assume(
      `users of ${usersOf} who are led away wait until the copy of ${nameOf(waits.copy)} is promoted: that takes ${waits.plan ? nameOf(waits.plan) : 'a person'}, and no health check`,
      waits.copy,
    );
  return model.event({
    id: `switching:${id}`,
    kind: 'switch',
    what: waits
      ? `the ${secondsOf(terms)} s in which users of ${usersOf} wait for the copy of ${nameOf(waits.copy)}`
      : `the ${secondsOf(terms)} s in which users of ${usersOf} still go to ${broken}`,
    resources,
    likelihood: switchingLikelihood(terms, model.repair),
    ...(promotion && { promoted: promotion.copy }),
  });
}
