/**
 * What a caller hears of opening and closing a session: its steps, and what can go wrong.
 */
@NullMarked
package io.github.x402sessions.client.opening;

import org.jspecify.annotations.NullMarked;
