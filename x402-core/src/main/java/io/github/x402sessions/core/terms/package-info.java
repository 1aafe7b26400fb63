/**
 * What a server asks for a resource: prices, who is paid, when, and for which answers.
 */
@NullMarked
package io.github.x402sessions.core.terms;

import org.jspecify.annotations.NullMarked;
