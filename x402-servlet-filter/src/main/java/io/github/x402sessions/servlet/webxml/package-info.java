/**
 * Parameters and routes as {@code web.xml}, files and environments state them.
 */
@NullMarked
package io.github.x402sessions.servlet.webxml;

import org.jspecify.annotations.NullMarked;
