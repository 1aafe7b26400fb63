package io.github.x402sessions.samples.agent.find;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.discovery.CallParameter;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of something that was found, for programs.
 *
 * @param name its name
 * @param in where it goes: {@code path}, {@code query} or {@code header}
 * @param required whether there is no call without it
 * @param example a value, in the seller's words
 * @param description what it means, in the seller's words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundParameter(String name, String in, boolean required, @Nullable String example,
		@Nullable String description) {

	static FoundParameter of(CallParameter parameter) {
		return new FoundParameter(parameter.name(), parameter.place().name().toLowerCase(Locale.ROOT),
				parameter.required(), parameter.example(), parameter.description());
	}

}
