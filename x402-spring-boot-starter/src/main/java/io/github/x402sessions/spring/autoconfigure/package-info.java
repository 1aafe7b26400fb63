/**
 * The auto-configurations, and what they check and tell at start.
 */
@NullMarked
package io.github.x402sessions.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
