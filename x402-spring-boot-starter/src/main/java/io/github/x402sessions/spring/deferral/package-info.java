/**
 * What is owed to an application whose routes defer: its figures, and what becomes of it.
 */
@NullMarked
package io.github.x402sessions.spring.deferral;

import org.jspecify.annotations.NullMarked;
