/**
 * Requests as handlers may see them, and where their payment headers are read.
 */
@NullMarked
package io.github.x402sessions.servlet.request;

import org.jspecify.annotations.NullMarked;
