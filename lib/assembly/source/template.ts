import { realpathSync } from 'node:fs';
import { isObject } from './json';
import { parse } from './parse';
import { templateOf } from './shape';
import { checkSoundness } from './soundness';
import type { Json, TemplateBody } from './source';
import { attempt, readText, type TextFile } from './text-file';

/** A template that was read and found sound, with its text for messages. */
export interface Template extends TextFile {
  readonly body: TemplateBody;
}

/** @throws ConfigurationError with the line, when the value is no sound template */
export function templateFrom(source: TextFile, value: Json): Template {
  const body = templateOf(source, value);
  checkSoundness(source, body);
  return { ...source, body };
}

/**
 * Reads the template in a file.
 *
 * @param synthesised whether the CDK wrote it, which leaves Resources out of an empty stack
 * @throws ConfigurationError when the file is no sound template
 */
export function readTemplate(file: string, synthesised = false): Template {
  const source = readText(file);
  const value = parse(source);
  const lacksResources = synthesised && isObject(value) && !Object.hasOwn(value, 'Resources');
  return templateFrom(source, lacksResources ? { ...value, Resources: {} } : value);
}

/** The nested templates of one call, each read once however many stacks deploy it. */
export class Library {
  private readonly templates = new Map<string, Template>();

  /** As {@link readTemplate}, remembered. */
  template(file: string, synthesised = false): Template {
    const key = realPathOf(file);
    const template = this.templates.get(key) ?? readTemplate(file, synthesised);
    this.templates.set(key, template);
    return template;
  }
}

/** The one path of a file, whatever links lead to it. */
export function realPathOf(file: string): string {
  return attempt(file, () => realpathSync(file));
}
