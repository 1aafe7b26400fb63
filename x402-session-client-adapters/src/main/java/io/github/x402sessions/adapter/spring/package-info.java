/**
 * Pays for the calls of Spring's clients.
 */
@NullMarked
package io.github.x402sessions.adapter.spring;

import org.jspecify.annotations.NullMarked;
