package io.github.x402sessions.samples.agent.call;

import io.github.x402sessions.samples.agent.offer.PricedUrl;
import org.jspecify.annotations.Nullable;

/**
 * The request and how often it is made.
 *
 * @param url the request
 * @param calls how often it is made
 * @param keepGoing whether a call that is not paid is no reason to stop
 * @param output where what was bought goes; {@code null} to show it
 */
public record CallPlan(PricedUrl url, int calls, boolean keepGoing, @Nullable OutputFile output) {
}
