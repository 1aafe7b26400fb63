/**
 * Small, bounded JSON exchanges over the JDK's HTTP client.
 */
@NullMarked
package io.github.x402sessions.client.http;

import org.jspecify.annotations.NullMarked;
