/** Reads SSH's binary form: numbers of four bytes, and strings with their length before them. */
export class SshReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** @throws RangeError when there are not as many */
  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('it ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return this.string().toString('latin1');
  }

  /** @throws RangeError when something is left */
  end(): void {
    if (this.at !== this.bytes.length) throw new RangeError('bytes follow its end');
  }
}

/** A string with its length before it. */
export function sshString(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive number without the zero that keeps it positive. */
export function unsigned(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}

/** Bytes of Base64, white space left out; nothing where they are not written the one way that they are written. */
export function strictBase64(text: string): Buffer | undefined {
  const plain = text.replace(/\s+/g, '');
  const bytes = Buffer.from(plain, 'base64');
  return plain !== '' && bytes.toString('base64') === plain ? bytes : undefined;
}
