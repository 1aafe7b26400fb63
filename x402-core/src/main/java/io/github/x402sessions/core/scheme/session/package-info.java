/**
 * What a payment of the {@code session} scheme says, and what the holder of a session's
 * key signs of it. A session without a key is paid with by its id alone.
 */
@NullMarked
package io.github.x402sessions.core.scheme.session;

import org.jspecify.annotations.NullMarked;
