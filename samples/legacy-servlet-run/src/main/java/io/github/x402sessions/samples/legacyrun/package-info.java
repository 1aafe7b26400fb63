/**
 * Starts a web application that was packaged elsewhere.
 */
@NullMarked
package io.github.x402sessions.samples.legacyrun;

import org.jspecify.annotations.NullMarked;
