/**
 * Finding what is for sale: {@code DiscoveryClient} asks the catalogue of a facilitator,
 * and believes nothing of it but that there may be something to ask.
 */
@NullMarked
package io.github.x402sessions.client.discovery;

import org.jspecify.annotations.NullMarked;
