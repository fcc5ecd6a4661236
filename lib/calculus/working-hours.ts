const HOUR = 3_600;

/** When somebody looks at what waits for working hours, in words. Assumed: no source, an own decision. @internal */
export const WORKING_HOURS = '9 to 17 on Monday to Friday';

/** The seconds from the end of working hours on Friday to their beginning on Monday: 64 hours in which nobody looks. @internal */
export const LONGEST_AWAY = (7 + 24 + 24 + 9) * HOUR;
