/**
 * What a server answers in a handler's place: terms, pages, problems and receipts.
 */
@NullMarked
package io.github.x402sessions.core.challenge;

import org.jspecify.annotations.NullMarked;
