/**
 * Transfers that who pays signs and somebody else sends: the {@code exact} scheme.
 */
@NullMarked
package io.github.x402sessions.stellar.exact;

import org.jspecify.annotations.NullMarked;
