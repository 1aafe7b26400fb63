/**
 * The commit point of a paid answer, on whatever server it leaves.
 */
@NullMarked
package io.github.x402sessions.core.settle;

import org.jspecify.annotations.NullMarked;
