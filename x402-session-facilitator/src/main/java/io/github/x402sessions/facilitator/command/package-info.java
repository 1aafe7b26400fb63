/**
 * The commands that operators run beside the server.
 */
@NullMarked
package io.github.x402sessions.facilitator.command;

import org.jspecify.annotations.NullMarked;
