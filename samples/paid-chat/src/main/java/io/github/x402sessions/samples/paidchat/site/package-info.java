/**
 * The pages, and what they need to know of the server.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.site;

import org.jspecify.annotations.NullMarked;
