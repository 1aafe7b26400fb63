package io.github.x402sessions.samples.agent;

import org.jspecify.annotations.Nullable;

/**
 * What is called and how often.
 *
 * @param url the request
 * @param calls how often it is made
 * @param keepGoing whether a call that is not paid is no reason to stop
 * @param output where what was bought goes; {@code null} to show it
 */
record CallPlan(PricedUrl url, int calls, boolean keepGoing, @Nullable OutputFile output) {
}
