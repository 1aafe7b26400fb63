/**
 * The network in JUnit tests.
 */
@NullMarked
package io.github.x402sessions.devnet.junit;

import org.jspecify.annotations.NullMarked;
