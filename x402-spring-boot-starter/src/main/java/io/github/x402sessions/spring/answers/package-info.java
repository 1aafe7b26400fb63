/**
 * Answers to payment identifiers in a store that several instances of an application
 * share: in Redis, or in a database.
 */
@NullMarked
package io.github.x402sessions.spring.answers;

import org.jspecify.annotations.NullMarked;
