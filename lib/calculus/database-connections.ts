const GIB = 1024 ** 3;

/** GiB of a class without an `x` in its size; larger ones have a multiple of what `xlarge` has. */
const SMALL: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t: { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 },
  m: { small: 2, medium: 4, large: 8 },
  r: { large: 16 },
};
const XLARGE: Readonly<Record<string, number>> = { t: 16, m: 16, r: 32 };

/** The memory of a database class, in bytes, as its family has it; undefined for families of other shapes. */
export function classMemoryBytes(instanceClass: string): number | undefined {
  const [, family = '', factor, extra, small = ''] =
    /^db\.([tmr])\d[a-z]*\.(?:(\d*)(xlarge)|([a-z]+))$/.exec(instanceClass) ?? [];
  const gib = extra === undefined ? SMALL[family]?.[small] : Number(factor || 1) * (XLARGE[family] ?? 0);
  return gib === undefined ? undefined : gib * GIB;
}

/**
 * What `max_connections` is at most where no parameter group sets it. The formulas take `DBInstanceClassMemory`, which is
 * what RDS itself leaves of the memory of the class: the result is an upper bound.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
 */
export function mostDefaultConnections(engine: string, bytes: number): number | undefined {
  switch (engine) {
    case 'mysql':
    case 'mariadb':
      return Math.floor(bytes / 12_582_880);
    case 'postgres':
    case 'aurora-postgresql':
      return Math.min(Math.floor(bytes / 9_531_392), 5000);
    case 'aurora-mysql':
      return Math.floor(
        Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1000),
      );
    default:
      return undefined;
  }
}
