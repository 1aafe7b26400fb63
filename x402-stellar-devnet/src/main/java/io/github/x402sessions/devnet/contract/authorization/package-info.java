/**
 * Authorization of contract calls: entries, credentials and the accounts that sign them.
 * Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.contract.authorization;

import org.jspecify.annotations.NullMarked;
