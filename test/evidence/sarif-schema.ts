import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const FILE = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

/** What the schema of SARIF 2.1.0 says against a log; it is of JSON Schema draft 4, whose words here mean the same today. */
export function sarifProblems(log: unknown): readonly string[] {
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(require.resolve(FILE), 'utf8'));
  const ajv = new Ajv({
    strict: false,
    // The pattern for languages is none in Unicode mode.
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
      'uri-reference': /^[^\s<>"{}|\\^`]*$/,
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    },
  });
  const validate = ajv.compile(schema);
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
