/**
 * The page that shows recipients their books.
 */
@NullMarked
package io.github.x402sessions.facilitator.page;

import org.jspecify.annotations.NullMarked;
