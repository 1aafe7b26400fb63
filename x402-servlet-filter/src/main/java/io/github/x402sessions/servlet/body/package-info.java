/**
 * The bodies of requests whose payers have signed for them.
 */
@NullMarked
package io.github.x402sessions.servlet.body;

import org.jspecify.annotations.NullMarked;
