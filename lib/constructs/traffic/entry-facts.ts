/** All addresses of IPv4. @internal */
export const EVERYBODY = '0.0.0.0/0';

/** Where a load balancer speaks plain HTTP. @internal */
export const HTTP = 80;

/** Where a load balancer speaks HTTPS. @internal */
export const HTTPS = 443;

/** Where HTTP is spoken, whoever listens. @internal */
export const HTTP_PORTS: readonly number[] = [HTTP, HTTPS, 8080, 8443];
