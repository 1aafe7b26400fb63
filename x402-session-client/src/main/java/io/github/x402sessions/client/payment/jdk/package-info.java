/**
 * The HTTP client of the JDK that pays. Internal to this module, which hands it out as a
 * {@link java.net.http.HttpClient}.
 */
@NullMarked
package io.github.x402sessions.client.payment.jdk;

import org.jspecify.annotations.NullMarked;
