/**
 * Responses of the filter itself: the terms with status 402, problems and receipts.
 */
@NullMarked
package io.github.x402sessions.servlet.challenge;

import org.jspecify.annotations.NullMarked;
