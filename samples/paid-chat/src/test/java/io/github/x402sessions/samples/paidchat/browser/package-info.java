/**
 * The pages in a real browser.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.browser;

import org.jspecify.annotations.NullMarked;
