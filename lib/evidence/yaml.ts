/** What YAML is written from. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

/**
 * Block YAML for templates that people read: keys as they come, texts always in double quotes, so that nothing is
 * taken for another type, an alias or a tag.
 */
export function toYaml(value: Yaml, indent = ''): string {
  if (isScalar(value)) return scalar(value);
  if (isList(value))
    return value.length === 0
      ? '[]'
      : value.map((item) => `\n${indent}- ${toYaml(item, `${indent}  `).trimStart()}`).join('');
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  return entries.map(([key, item]) => `\n${indent}${keyOf(key)}:${after(item, indent)}`).join('');
}

/** A whole document. */
export function yamlDocument(value: Yaml): string {
  return `${toYaml(value).trimStart()}\n`;
}

function after(item: Yaml, indent: string): string {
  const text = toYaml(item, `${indent}  `);
  return text.startsWith('\n') ? text : ` ${text}`;
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  // JSON leaves these raw, and YAML does not print them.
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function keyOf(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(key)
    ? key
    : scalar(key);
}

function isScalar(value: Yaml): value is string | number | boolean {
  return typeof value !== 'object';
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
