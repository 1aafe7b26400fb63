package io.github.x402sessions.spring.route;

import java.util.List;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.TermsDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A priced route as it is written down.
 *
 * @param place where that is, for messages
 * @param name the route's name in logs: its pattern
 * @param accepts the ways to pay, at least one
 * @param timing when it is settled; {@code null} for what is common
 * @param description what is sold, for people
 * @param mimeType the media type of the answer
 */
public record RouteDefinition(String place, String name, List<TermsDefinition> accepts,
		@Nullable SettlementTiming timing, @Nullable String description, @Nullable String mimeType) {

	public RouteDefinition withPrice(String price) {
		return new RouteDefinition(this.place, this.name,
				this.accepts.stream().map((terms) -> terms.withPrice(price)).toList(), this.timing, this.description,
				this.mimeType);
	}

	RouteDefinition withDescription(@Nullable String description) {
		return new RouteDefinition(this.place, this.name, this.accepts, this.timing, description, this.mimeType);
	}

}
