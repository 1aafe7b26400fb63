/**
 * A journal of payments in the application's own database, for sellers whose facilitator
 * shows them no books.
 */
@NullMarked
package io.github.x402sessions.spring.journal;

import org.jspecify.annotations.NullMarked;
