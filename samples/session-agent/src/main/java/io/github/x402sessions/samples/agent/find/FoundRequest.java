package io.github.x402sessions.samples.agent.find;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.x402sessions.client.discovery.CallParameter;
import io.github.x402sessions.client.discovery.FoundCall;
import io.github.x402sessions.client.discovery.FoundResource;
import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.offer.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of something that was found and of what its caller says.
 *
 * @param values parameters of the path and of the query, by name
 * @param data the body, or the name of a file behind an {@code @}; {@code null} for none
 * @param headers the caller's headers
 * @param examples whether what is missing is taken from the seller's examples
 */
public record FoundRequest(Map<String, String> values, @Nullable String data, List<RequestHeader> headers,
		boolean examples) {

	private static final int SHOWN = 200;

	/**
	 * Make the request.
	 * @param list the search
	 * @param number which of its results, from 1
	 * @throws WrongOptionException if there is none, or something is missing that it
	 * needs
	 */
	public PricedUrl of(FoundList list, int number) {
		if (number < 1 || number > list.found().size()) {
			throw new WrongOptionException("N",
					"there is no number " + number + ": the last search has found " + list.found().size());
		}
		FoundResource resource = resource(list, number);
		FoundCall call = resource.call();
		if (call.isTool()) {
			throw new WrongOptionException("N",
					"number " + number + " is a tool: " + FoundTable.toolCommand(call.url(), call.name()));
		}
		requireHeaders(call);
		return PricedUrl.of(url(call), call.name(), body(call), this.headers).within(list.limit(resource));
	}

	private static FoundResource resource(FoundList list, int number) {
		try {
			return list.get(number);
		}
		catch (MalformedMessageException ex) {
			throw new WrongOptionException("--found", "holds no search: " + ex.getMessage());
		}
	}

	private URI url(FoundCall call) {
		Map<String, String> all = new LinkedHashMap<>(this.examples ? call.examples() : Map.of());
		all.putAll(this.values);
		try {
			return call.url(all);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--param", String.valueOf(ex.getMessage()));
		}
	}

	private void requireHeaders(FoundCall call) {
		call.parameters()
			.stream()
			.filter((parameter) -> parameter.place() == CallParameter.Place.HEADER && parameter.required())
			.filter((parameter) -> this.headers.stream().noneMatch((header) -> header.is(parameter.name())))
			.findFirst()
			.ifPresent((parameter) -> {
				throw new WrongOptionException("--header", parameter.name() + " is needed" + such(parameter.example()));
			});
	}

	/** What is sent is what the seller reads, whatever it looks like. */
	private RequestData body(FoundCall call) {
		String type = call.bodyType();
		if (type == null) {
			if (this.data != null) {
				throw new WrongOptionException("--data", "a " + call.name() + " has no body");
			}
			return RequestData.NONE;
		}
		if (this.data != null) {
			return new RequestData(RequestData.of(this.data).publisher(), mediaType(type));
		}
		String example = example(call, type);
		if (example == null || !this.examples) {
			throw new WrongOptionException("--data", "is needed, a body of " + type + such(example));
		}
		return new RequestData(BodyPublishers.ofString(example), mediaType(type));
	}

	/** The example of a body as it is sent; {@code null} without one. */
	static @Nullable String example(FoundCall call, String bodyType) {
		Object example = call.example();
		if (example == null) {
			return null;
		}
		if (bodyType.equals("form-data") && example instanceof Map<?, ?> form) {
			return form.entrySet()
				.stream()
				.map((field) -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
				.collect(Collectors.joining("&"));
		}
		return (example instanceof String text && !bodyType.equals("json")) ? text
				: new String(WireJson.write(example), StandardCharsets.UTF_8);
	}

	private static String encoded(@Nullable Object value) {
		return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
	}

	private static String mediaType(String bodyType) {
		return switch (bodyType) {
			case "json" -> "application/json";
			case "form-data" -> "application/x-www-form-urlencoded";
			default -> "text/plain";
		};
	}

	private static String such(@Nullable String example) {
		String shown = PlainText.of(example, SHOWN);
		return (shown != null) ? ", such as " + shown + " (--example takes what the seller gives as an example)" : "";
	}

}
