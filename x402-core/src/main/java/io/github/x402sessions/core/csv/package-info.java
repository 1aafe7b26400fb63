/**
 * Tables that spreadsheets open.
 */
@NullMarked
package io.github.x402sessions.core.csv;

import org.jspecify.annotations.NullMarked;
