/**
 * A web application that knows nothing of payments.
 */
@NullMarked
package io.github.x402sessions.samples.legacy;

import org.jspecify.annotations.NullMarked;
