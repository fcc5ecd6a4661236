const WATCHED =
  'a pattern builds what serves; its alarms, who hears them, and what looks at it from outside are built around it';

/** Rules that look at what observes a service, which stands around a pattern and not in it, by id with the reason. */
export const WATCHED_BY_THE_APP: Readonly<Record<string, string>> = {
  'X-70': WATCHED,
  'X-71': WATCHED,
  'X-74': WATCHED,
  'X-75': WATCHED,
  'X-76': WATCHED,
};

const WHOLE =
  'a pattern is a part: what a service comes to with its traffic, its alarms and its plan is asked of the examples';

/** Rules that judge all parts of a service together, by id with the reason. */
export const OF_THE_WHOLE_SERVICE: Readonly<Record<string, string>> = { 'X-42': WHOLE, 'X-51': WHOLE };
