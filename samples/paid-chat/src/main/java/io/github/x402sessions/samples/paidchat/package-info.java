/**
 * A Spring Boot application that charges for some of its endpoints.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat;

import org.jspecify.annotations.NullMarked;
