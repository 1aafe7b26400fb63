/**
 * Authorization of contract calls: entries, credentials and the accounts that sign them.
 */
@NullMarked
package io.github.x402sessions.devnet.contract.authorization;

import org.jspecify.annotations.NullMarked;
