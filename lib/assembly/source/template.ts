import { realpathSync } from 'node:fs';
import { isObject } from './json';
import { parse } from './parse';
import { refusal } from './refusal';
import { templateOf } from './shape';
import { checkSoundness } from './soundness';
import type { Json, TemplateBody } from './source';
import { attempt, readText, type TextFile } from './text-file';

/** A template that was read and found sound, with its text for messages. */
export interface Template extends TextFile {
  readonly body: TemplateBody;
}

/** Stacks of one app, nested ones included. CloudFormation allows an account 2,000. */
const MOST_STACKS = 10_000;

/** @throws ConfigurationError with the line, when the value is no sound template */
export function templateFrom(source: TextFile, value: Json): Template {
  const body = templateOf(source, value);
  checkSoundness(source, body);
  return { ...source, body };
}

/** The templates of one call, each file read once however many stacks deploy it. */
export class Library {
  private readonly templates = new Map<string, Template>();
  private stacks = 0;

  /**
   * @param synthesised whether the CDK wrote it, which leaves Resources out of an empty stack
   * @throws ConfigurationError when the file is no sound template
   */
  template(file: string, synthesised = false): Template {
    const key = realPathOf(file);
    const known = this.templates.get(key);
    if (known !== undefined) return known;
    const source = readText(file);
    const value = parse(source);
    const lacksResources = synthesised && isObject(value) && !Object.hasOwn(value, 'Resources');
    return this.add(key, templateFrom(source, lacksResources ? { ...value, Resources: {} } : value));
  }

  /** Remembers a template that was read as a candidate. */
  remember(template: Template): Template {
    return this.add(realPathOf(template.file), template);
  }

  /** Counts a stack, so that nested templates that multiply each other come to an end. */
  countStack(file: string): void {
    this.stacks += 1;
    if (this.stacks <= MOST_STACKS) return;
    const problem = `nests over ${MOST_STACKS} stacks`;
    throw refusal({ file, problem, fix: 'nest fewer, CloudFormation deploys at most 2,500 at once' });
  }

  private add(key: string, template: Template): Template {
    this.templates.set(key, template);
    return template;
  }
}

/** The one path of a file, whatever links lead to it. */
export function realPathOf(file: string): string {
  return attempt(file, () => realpathSync(file));
}
