/**
 * Answering a 402: reading the challenge, deciding, paying once, and the receipt.
 */
@NullMarked
package io.github.x402sessions.client.payment;

import org.jspecify.annotations.NullMarked;
