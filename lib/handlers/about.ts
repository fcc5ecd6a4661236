/** What a line of a log says beside its own: for whom it was done, and what called, which stays the same when Lambda tries again. */
export interface About {
  readonly service: string | undefined;
  readonly event: string | undefined;
}

/** What Lambda says of a call. */
export interface Calling {
  readonly awsRequestId: string;
}

/** The service that the function was made for, where it is one, and the call. */
export function aboutCall(calling: Calling | undefined): About {
  return { service: process.env.SERVICE, event: calling?.awsRequestId };
}
