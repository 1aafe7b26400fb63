/**
 * HTTP calls that end in time and in bounded memory.
 */
@NullMarked
package io.github.x402sessions.core.http;

import org.jspecify.annotations.NullMarked;
