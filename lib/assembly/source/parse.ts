import { positionAt } from './position';
import { type Refusal, refusal } from './refusal';
import type { Json } from './source';
import type { TextFile } from './text-file';
import { composeYaml, type YamlDocument, YamlExcess } from './yaml-document';
import { YamlFault, YamlReader } from './yaml-value';

const FIX_SYNTAX = 'mend the syntax, or take the file out';
const FIX_CUT = 'write the whole file again';

/**
 * The one value that a text in JSON or YAML stands for, short function tags in their long form.
 *
 * Text that is not quite JSON is tried as YAML, of which JSON is nearly a part: CloudFormation takes, for
 * instance, comments and trailing commas in it.
 *
 * @throws ConfigurationError with line and column
 */
export function parse(source: TextFile): Json {
  const { text } = source;
  let failure: JsonFailure;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    failure = jsonFailure(text, error instanceof Error ? error.message : '');
  }
  if (!/^\s*[{[]/.test(text)) return parseYaml(source);
  if (failure.cutOff)
    throw refused(source, text.trimEnd().length, { problem: 'JSON ends too early', fix: FIX_CUT });
  return parseNearlyJson(source, failure);
}

/** Why `JSON.parse` failed, as far as its message tells. */
interface JsonFailure {
  readonly words: string;
  readonly offset?: number;
  readonly cutOff: boolean;
}

function jsonFailure(text: string, message: string): JsonFailure {
  const position = /at position (\d+)/.exec(message)?.[1];
  const offset = position === undefined ? undefined : Number(position);
  const ended = offset !== undefined && offset >= text.trimEnd().length;
  const cutOff = ended || /^(?:Unexpected end|Unterminated string)/.test(message);
  const words = message.replace(/ in JSON at position.*$|, (?:\.\.\.)?".*$/s, '');
  return { words, ...(offset === undefined ? {} : { offset }), cutOff };
}

function parseNearlyJson(source: TextFile, { words, offset }: JsonFailure): Json {
  const { text, documents } = composed(source);
  const error = firstError(documents);
  if (error === undefined) return valueIn({ file: source.file, text }, documents);
  const at = offset ?? error.pos[0];
  throw refused(source, at, { problem: `invalid JSON: ${words}`, fix: FIX_SYNTAX });
}

function parseYaml({ file, text: original }: TextFile): Json {
  const { text, documents } = composed({ file, text: original });
  const error = firstError(documents);
  if (error === undefined) return valueIn({ file, text }, documents);
  const problem = `invalid YAML: ${wordsOf(error)}`;
  throw refused({ file, text }, error.pos[0], { problem, fix: FIX_SYNTAX });
}

function firstError(documents: readonly YamlDocument[]): YamlDocument['errors'][number] | undefined {
  return documents.find(({ errors }) => errors.length > 0)?.errors[0];
}

function valueIn(source: TextFile, documents: readonly YamlDocument[]): Json {
  const document = onlyDocument(source, documents);
  try {
    return new YamlReader().read(document.contents);
  } catch (fault) {
    if (fault instanceof YamlFault) throw refused(source, fault.offset, fault);
    throw fault;
  }
}

function composed(source: TextFile): ReturnType<typeof composeYaml> {
  try {
    return composeYaml(source.text);
  } catch (error) {
    if (error instanceof YamlExcess) throw refused(source, error.offset, error);
    throw error;
  }
}

function wordsOf({ code, message }: YamlDocument['errors'][number]): string {
  if (code === 'MISSING_CHAR' && message.endsWith('quote')) return 'a quoted string is not closed';
  return (message.split('\n')[0] ?? '').replace(/[.:]$/, '');
}

/** Templates are one document; empty ones around it (`---` at the end) do no harm. */
function onlyDocument(source: TextFile, documents: readonly YamlDocument[]): YamlDocument {
  const [first, second] = documents.filter((document) => !isBlank(document));
  if (first === undefined) {
    throw refused(source, 0, { problem: 'is empty', fix: 'name a template' });
  }
  if (second !== undefined) {
    const problem = 'holds several YAML documents, and a template is one';
    throw refused(source, second.range[0], { problem, fix: 'put each in a file of its own' });
  }
  return first;
}

function isBlank({ contents }: YamlDocument): boolean {
  return contents === null || ('value' in contents && contents.value === '' && contents.tag === undefined);
}

function refused(source: TextFile, offset: number, what: Pick<Refusal, 'problem' | 'fix'>): Error {
  const at = positionAt(source.text, offset);
  return refusal({ file: source.file, at, problem: what.problem, fix: what.fix });
}
