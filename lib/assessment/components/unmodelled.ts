import type { Component } from '../component';
import { nameOf } from '../modelling';
import { UNMODELLED_KEEPING } from './unmodelled-types';

/** What is not modelled fails all the same, as what has no agreement does; that it does so is said. */
const UNMODELLED_TYPES: Component = {
  types: [...UNMODELLED_KEEPING.keys()],
  part: 'data',
  fails: (resource, model) => {
    model.assume(
      `${nameOf(resource)}: of ${resource.type} neither zones nor recovery are modelled; its availability is assumed`,
      resource,
    );
    return model.regional(resource, model.assumption('withoutAgreement'));
  },
};

export const UNMODELLED: readonly Component[] = [UNMODELLED_TYPES];
