/**
 * Runs handlers for verified payments and settles at the commit point.
 */
@NullMarked
package io.github.x402sessions.servlet.settle;

import org.jspecify.annotations.NullMarked;
