import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { LEFT_OPEN } from '../../errors';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';

/** What of a construct may be left to deployment, and what not. @internal */
export interface LeftOpen {
  /**
   * The lists that are written as they are, so that they may be left open as a whole.
   *
   * @default - none
   */
  readonly lists?: readonly string[];

  /**
   * The numbers and texts that something is reckoned from, so that synth has to know them.
   *
   * @default - none
   */
  readonly known?: readonly string[];
}

/**
 * Refuses what only deployment knows and synth has to know: every time, because the CDK can neither compare nor convert
 * what it does not know; every list as a whole, because its length decides what is built; and what the construct names.
 * Another text or number is written into the template as it is.
 *
 * @throws ConfigurationError that names each of them
 *
 * @internal
 */
export function refuseLeftOpen(path: string, props: object | undefined, open: LeftOpen = {}): void {
  const { lists = [], known = [] } = open;
  if (props)
    refuse(path, [...mistakesIn(props, '', lists), ...known.flatMap((name) => valueMistakes(name, props))]);
}

/** The region of a construct, for a message: `eu-west-1`, or words where only deployment knows it. @internal */
export function regionInWords(construct: IConstruct): string {
  const { region } = Stack.of(construct);
  return Token.isUnresolved(region) ? 'the region of its stack' : region;
}

function valueMistakes(name: string, props: object): Mistake[] {
  const value: unknown = Object.entries(props).find(([each]) => each === name)?.[1];
  const isOpen = Array.isArray(value)
    ? !isOpenList(value) && value.some((each) => Token.isUnresolved(each))
    : Token.isUnresolved(value);
  return isOpen ? [{ problem: `${name} is ${LEFT_OPEN}`, fix: `write ${name} itself` }] : [];
}

function mistakesIn(value: object, place: string, lists: readonly string[]): Mistake[] {
  return Object.entries(value).flatMap(([name, each]): Mistake[] => {
    const what = placeIn(value, place, name);
    if (each instanceof Duration) return timeMistakes(what, each);
    if (isOpenList(each)) return lists.includes(what) ? [] : [listMistake(what)];
    return isPlain(each) ? mistakesIn(each, what, lists) : [];
  });
}

/** `steps[0].timeout`, as it would be written. */
function placeIn(value: object, place: string, name: string): string {
  if (Array.isArray(value)) return `${place}[${name}]`;
  return place === '' ? name : `${place}.${name}`;
}

/** How a time is given that synth has to know. @internal */
export function writtenTime(what: string): string {
  return `write the time itself: ${what}: Duration.minutes(5)`;
}

/** A bare number or text where a time is asked for: what is written without a compiler is caught here. @internal */
export function notATime(what: string, value: unknown): Mistake[] {
  if (value === undefined || value instanceof Duration || isTimeSpan(value)) return [];
  return [{ problem: `${what} is ${quoted(value)}, which is no time`, fix: writtenTime(what) }];
}

/** A CDK beside ours has a class `Duration` of its own. */
function isTimeSpan(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'toSeconds' in value;
}

function timeMistakes(what: string, time: Duration): Mistake[] {
  if (!time.isUnresolved()) return [];
  return [{ problem: `${what} is ${LEFT_OPEN}`, fix: writtenTime(what) }];
}

function listMistake(what: string): Mistake {
  return {
    problem: `${what} is ${LEFT_OPEN}`,
    fix: `write ${what} as a list; its elements may be left to deployment where they are not judged`,
  };
}

function isOpenList(value: unknown): boolean {
  return Array.isArray(value) && Token.isUnresolved(value);
}

/** Whether it is a list or a bare object, and no construct or class of somebody else. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
