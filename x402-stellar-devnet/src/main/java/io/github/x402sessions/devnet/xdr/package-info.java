/**
 * Bytes and addresses: decoding untrusted XDR, encoding XDR that the SDK cannot express,
 * and strkeys. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.xdr;

import org.jspecify.annotations.NullMarked;
