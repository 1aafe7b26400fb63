/**
 * The pages of {@code docs} and of the modules as a site, and the walk through those that
 * say how to start.
 */
@NullMarked
package io.github.x402sessions.site;

import org.jspecify.annotations.NullMarked;
