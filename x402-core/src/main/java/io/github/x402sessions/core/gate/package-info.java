/**
 * The decision on a request for a priced resource, free of any web server type.
 */
@NullMarked
package io.github.x402sessions.core.gate;

import org.jspecify.annotations.NullMarked;
