package io.github.x402sessions.samples.agent.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A call that was paid by what it used.
 *
 * @param number which call it is, from 1
 * @param commitment the facilitator's commitment to settle it
 * @param amount what it came to, as a decimal
 * @param held whether that is only the most that it may come to; absent if not
 */
public record MeteredCall(int number, String commitment, String amount,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean held) {
}
