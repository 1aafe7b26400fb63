/**
 * Pays for the calls of OkHttp.
 */
@NullMarked
package io.github.x402sessions.adapter.okhttp;

import org.jspecify.annotations.NullMarked;
