import Ajv from 'ajv';

/*
 * What OSCAL 1.2.0 says of the parts of its models that we write, in a schema of our own: required names, allowed
 * names, types. NIST publishes the official schemas as files of its repository, in no package that could be a
 * dependency; this one was compared with them name by name.
 */

const uuid = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
};
const token = { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' };
const text = { type: 'string', pattern: '^\\S(.*\\S)?$' };
const markupLine = { type: 'string', pattern: '^[^\\n]+$' };
const markup = { type: 'string' };
const uri = { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$' };
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' };
const one = (...values: readonly string[]) => ({ enum: values });
const list = (items: object) => ({ type: 'array', minItems: 1, items });

/** An object of these names and no others; a question mark makes a name optional. */
function object(names: Readonly<Record<string, object>>): object {
  const entries = Object.entries(names);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

const props = list(
  object({
    name: token,
    'uuid?': uuid,
    'ns?': uri,
    value: text,
    'class?': token,
    'group?': token,
    'remarks?': markup,
  }),
);
const metadata = object({
  title: markupLine,
  'last-modified': time,
  version: text,
  'oscal-version': text,
  'props?': props,
  'remarks?': markup,
});
const origins = list(
  object({ actors: list(object({ type: one('tool', 'assessment-platform', 'party'), 'actor-uuid': uuid })) }),
);
const component = object({
  uuid,
  type: text,
  title: markupLine,
  description: markup,
  'props?': props,
  status: object({
    state: one('under-development', 'operational', 'disposition', 'other'),
    'remarks?': markup,
  }),
});
const inventory = list(object({ uuid, description: markup, 'props?': props, 'remarks?': markup }));
const assets = object({
  'components?': list(component),
  'assessment-platforms': list(
    object({
      uuid,
      'title?': markupLine,
      'props?': props,
      'uses-components?': list(object({ 'component-uuid': uuid })),
    }),
  ),
});
const localDefinitions = object({
  'components?': list(component),
  'inventory-items?': inventory,
  'assessment-assets?': assets,
});
const relatedObservations = list(object({ 'observation-uuid': uuid, 'remarks?': markup }));
const relatedRisks = list(object({ 'risk-uuid': uuid, 'remarks?': markup }));
const subjects = list(
  object({
    'subject-uuid': uuid,
    type: one('component', 'inventory-item', 'location', 'party', 'user', 'resource'),
    'title?': markupLine,
    'props?': props,
  }),
);
const observation = object({
  uuid,
  'title?': markupLine,
  description: markup,
  'props?': props,
  methods: list(one('EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN')),
  'types?': list(
    one('ssp-statement-issue', 'control-objective', 'mitigation', 'finding', 'discovery', 'historic'),
  ),
  'origins?': origins,
  'subjects?': subjects,
  'relevant-evidence?': list(object({ 'href?': text, description: markup, 'props?': props })),
  collected: time,
  'expires?': time,
  'remarks?': markup,
});
const risk = object({
  uuid,
  title: markupLine,
  description: markup,
  statement: markup,
  'props?': props,
  status: one('open', 'investigating', 'remediating', 'deviation-requested', 'deviation-approved', 'closed'),
  'origins?': origins,
  'mitigating-factors?': list(object({ uuid, description: markup, 'props?': props })),
  'deadline?': time,
  'remediations?': list(
    object({
      uuid,
      lifecycle: one('recommendation', 'planned', 'completed'),
      title: markupLine,
      description: markup,
    }),
  ),
  'related-observations?': relatedObservations,
});
const finding = object({
  uuid,
  title: markupLine,
  description: markup,
  'props?': props,
  'origins?': origins,
  target: object({
    type: one('statement-id', 'objective-id'),
    'target-id': token,
    'title?': markupLine,
    'description?': markup,
    'props?': props,
    status: object({
      state: one('satisfied', 'not-satisfied'),
      'reason?': one('pass', 'fail', 'other'),
      'remarks?': markup,
    }),
    'remarks?': markup,
  }),
  'related-observations?': relatedObservations,
  'related-risks?': relatedRisks,
  'remarks?': markup,
});
const result = object({
  uuid,
  title: markupLine,
  description: markup,
  start: time,
  'end?': time,
  'props?': props,
  'local-definitions?': localDefinitions,
  'reviewed-controls': object({
    'control-selections': list(
      object({
        'description?': markup,
        'props?': props,
        'include-controls': list(object({ 'control-id': token, 'statement-ids?': list(token) })),
      }),
    ),
  }),
  'observations?': list(observation),
  'risks?': list(risk),
  'findings?': list(finding),
  'remarks?': markup,
});
const backMatter = object({
  'resources?': list(object({ uuid, 'title?': markupLine, 'description?': markup })),
});

const MODELS: Readonly<Record<string, object>> = {
  'assessment-results': object({
    uuid,
    metadata,
    'import-ap': object({ href: text, 'remarks?': markup }),
    results: list(result),
    'back-matter?': backMatter,
  }),
  'plan-of-action-and-milestones': object({
    uuid,
    metadata,
    'system-id?': object({ 'identifier-type?': uri, id: text }),
    'local-definitions?': localDefinitions,
    'observations?': list(observation),
    'risks?': list(risk),
    'findings?': list(finding),
    'poam-items': list(
      object({
        'uuid?': uuid,
        title: markupLine,
        description: markup,
        'props?': props,
        'origins?': origins,
        'related-observations?': relatedObservations,
        'related-risks?': relatedRisks,
        'remarks?': markup,
      }),
    ),
    'back-matter?': backMatter,
  }),
  'component-definition': object({
    uuid,
    metadata,
    'components?': list(
      object({
        uuid,
        type: one(
          'interconnection',
          'software',
          'hardware',
          'service',
          'policy',
          'guidance',
          'standard',
          'validation',
        ),
        title: markupLine,
        description: markup,
        'props?': props,
        'control-implementations?': list(
          object({
            uuid,
            source: uri,
            description: markup,
            'props?': props,
            'implemented-requirements': list(
              object({ uuid, 'control-id': token, description: markup, 'props?': props, 'remarks?': markup }),
            ),
          }),
        ),
      }),
    ),
    'back-matter?': backMatter,
  }),
};

const ajv = new Ajv({ allErrors: true, unicodeRegExp: true });
const validators = new Map(
  Object.entries(MODELS).map(([name, model]) => [name, ajv.compile(object({ [name]: model }))]),
);

/** What keeps a document from being OSCAL: its schema, ids that stand twice, references that lead nowhere. */
export function oscalProblems(document: Readonly<Record<string, unknown>>): readonly string[] {
  const validate = validators.get(Object.keys(document)[0] ?? '');
  if (!validate) return ['it is no model of OSCAL'];
  validate(document);
  const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return [...errors, ...brokenReferences(document)];
}

function brokenReferences(document: object): readonly string[] {
  const entries = entriesIn(document);
  const ids = entries.filter(([key]) => key === 'uuid').map(([, item]) => item);
  const references = entries.flatMap(([key, item]) => {
    if (key.endsWith('-uuid')) return [item];
    return key === 'href' && item.startsWith('#') ? [item.slice(1)] : [];
  });
  const known = new Set(ids);
  return [
    ...(known.size === ids.length ? [] : ['an id stands twice']),
    ...references.filter((reference) => !known.has(reference)).map((reference) => `${reference} is nowhere`),
  ];
}

/** Every name of a document with its text. */
function entriesIn(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' ? [[key, item] as const] : entriesIn(item),
  );
}
