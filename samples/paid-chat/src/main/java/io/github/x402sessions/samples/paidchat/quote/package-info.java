/**
 * A quote that is priced in application.yml, and a free endpoint.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.quote;

import org.jspecify.annotations.NullMarked;
