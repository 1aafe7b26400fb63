/**
 * A paid chat with a small pattern-matching bot.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.chat;

import org.jspecify.annotations.NullMarked;
