import type { Graph } from '../assembly/graph';
import { isOverdue } from '../objectives/third-party';
import type { Config } from '../records/config';
import { assessedServices } from './assessed-services';
import { resolveServices } from './services';

/** A contract that nobody has looked at again in time. */
export interface OverdueReview {
  readonly service: string;
  readonly thirdParty: string;

  /** The last day on which it was in time. */
  readonly reviewBy: string;
}

/** The contracts of the services of an app, as templates and the configuration declare them, whose review is overdue. */
export function overdueReviews(graph: Graph, today: Date, config?: Config): readonly OverdueReview[] {
  const services = resolveServices(graph, config && { config });
  return assessedServices(graph, services, config).flatMap(({ name, thirdParties }) =>
    thirdParties.flatMap(({ name: thirdParty, contract = {} }) => {
      const { reviewBy } = contract;
      return reviewBy !== undefined && isOverdue(reviewBy, today)
        ? [{ service: name, thirdParty, reviewBy }]
        : [];
    }),
  );
}
