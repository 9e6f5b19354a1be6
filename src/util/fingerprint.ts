const PRIME = 0x100000001b3n

/**
 * A short stable hash of a text (FNV-1a, 64 bits, as 16 hex digits), to compare texts without storing them. It is not
 * cryptographic: WebCrypto has such hashes only in secure contexts and only asynchronously.
 */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME)
  return hash.toString(16).padStart(16, '0')
}
