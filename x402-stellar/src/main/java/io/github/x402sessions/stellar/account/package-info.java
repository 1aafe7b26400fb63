/**
 * Keys of accounts, and what they sign that is no transaction.
 */
@NullMarked
package io.github.x402sessions.stellar.account;

import org.jspecify.annotations.NullMarked;
