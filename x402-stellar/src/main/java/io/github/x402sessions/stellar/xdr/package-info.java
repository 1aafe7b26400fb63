/**
 * What the ledger's bytes say: calls of contracts, ledger keys, envelopes, resources.
 */
@NullMarked
package io.github.x402sessions.stellar.xdr;

import org.jspecify.annotations.NullMarked;
