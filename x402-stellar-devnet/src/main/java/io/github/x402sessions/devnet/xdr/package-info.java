/**
 * Bytes and names: decoding what a stranger sent, encoding what the SDK's XDR cannot
 * express, and strkeys. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.xdr;

import org.jspecify.annotations.NullMarked;
