const WHOLE =
  'a pattern is a part: what a service comes to with its traffic, its alarms and its plan is asked of the examples';

/** Rules that judge all parts of a service together, by id with the reason. */
export const OF_THE_WHOLE_SERVICE: Readonly<Record<string, string>> = { 'X-42': WHOLE, 'X-51': WHOLE };
