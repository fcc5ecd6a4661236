const TAG = 'resilience:rebuildable';

/** The properties of a resource that is declared rebuildable. */
export const REBUILDABLE = { Tags: [{ Key: TAG, Value: 'true' }] };

/** The same where a parameter without a default says whether it is. */
export const MAYBE_REBUILDABLE = {
  Properties: { Tags: [{ Key: TAG, Value: { Ref: 'Rebuildable' } }] },
  template: { Parameters: { Rebuildable: { Type: 'String' } } },
};
