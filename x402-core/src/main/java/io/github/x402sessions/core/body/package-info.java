/**
 * Keeps the bodies that payers have signed for, within bounds.
 */
@NullMarked
package io.github.x402sessions.core.body;

import org.jspecify.annotations.NullMarked;
