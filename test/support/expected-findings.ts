const WATCHED =
  'a pattern builds what serves; its alarms, who hears them, and what looks at it from outside are built around it';

/** Rules that look at what observes a service, which stands around a pattern and not in it, by id with the reason. */
export const WATCHED_BY_THE_APP: Readonly<Record<string, string>> = {
  'X-58': WATCHED,
  'X-70': WATCHED,
  'X-71': WATCHED,
  'X-74': WATCHED,
  'X-75': WATCHED,
  'X-76': WATCHED,
};

/** Findings that are right, and that a pattern leaves to its owner, by id with the reason. */
export const LEFT_TO_THE_OWNER: Readonly<Record<string, string>> = {
  'SEC-01': 'a rotation needs a function that knows the secret; passwordRotation adds the one of AWS',
  'X-82':
    'the key of another region is made there, after the secret: its copy is encrypted with the key of AWS',
};
