package io.github.x402sessions.spring.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The list of what a server sells: {@code resources} for crawlers that want URLs alone,
 * {@code items} with terms and declarations, as the entries of a catalogue. Thread-safe.
 */
final class WellKnownDocument {

	/** The most entries. */
	static final int MAX_ITEMS = 500;

	/** The longest list, bytes. */
	static final int MAX_LENGTH = 512 * 1024;

	private final Supplier<List<PriceList>> prices;

	private final ServiceInfo service;

	WellKnownDocument(Supplier<List<PriceList>> prices, ServiceInfo service) {
		this.prices = prices;
		this.service = service;
	}

	/**
	 * Write the list.
	 * @param origin where the server is reached, without a path
	 * @param prefix what stands in front of all paths of the application
	 */
	byte[] write(String origin, String prefix) {
		List<Map<String, @Nullable Object>> items = new ArrayList<>();
		boolean whole = true;
		int length = 0;
		for (Map<String, @Nullable Object> item : items(origin, prefix).toList()) {
			length += WireJson.write(item).length;
			whole = items.size() < MAX_ITEMS && length <= MAX_LENGTH;
			if (!whole) {
				break;
			}
			items.add(item);
		}
		return WireJson.write(document(items, whole));
	}

	private Map<String, @Nullable Object> document(List<Map<String, @Nullable Object>> items, boolean whole) {
		Map<String, @Nullable Object> document = new LinkedHashMap<>();
		document.put("version", 1);
		document.put("x402Version", 2);
		document.put("serviceName", this.service.name());
		document.put("tags", this.service.tags().isEmpty() ? null : this.service.tags());
		document.put("iconUrl", this.service.iconUrl());
		document.put("resources", items.stream().map((item) -> item.get("resource")).distinct().toList());
		document.put("items", items);
		document.put("partialResults", whole ? null : true);
		return present(document);
	}

	private Stream<Map<String, @Nullable Object>> items(String origin, String prefix) {
		return this.prices.get()
			.stream()
			.flatMap((list) -> list.routes()
				.stream()
				.filter(list::isDiscoverable)
				.flatMap((route) -> item(route, list.isPricedPerRequest(route), origin, prefix).stream()))
			.distinct();
	}

	private static Optional<Map<String, @Nullable Object>> item(PricedRoute route, boolean perRequest, String origin,
			String prefix) {
		BazaarDeclaration declaration = route.declaration();
		Map<?, ?> input = (declaration != null && declaration.info().get("input") instanceof Map<?, ?> members)
				? members : Map.of();
		String url = url(route, declaration, origin, prefix);
		if (url == null) {
			return Optional.empty();
		}
		PaymentRequired terms = PaymentGate.knownTerms(route, url);
		Map<String, @Nullable Object> item = new LinkedHashMap<>();
		item.put("resource", url);
		item.put("type", url.startsWith("mcp:") || BazaarDeclaration.MCP.equals(input.get("type"))
				? BazaarDeclaration.MCP : BazaarDeclaration.HTTP);
		item.put("method", input.get("method"));
		item.put("description", route.description());
		item.put("mimeType", route.mimeType());
		item.put("pricedPerRequest", perRequest ? true : null);
		item.put("freePerDay", (route.free() != null && route.free().perDay() > 0) ? route.free().perDay() : null);
		item.put("accepts", terms.accepts().stream().map((way) -> accepts(way, perRequest)).toList());
		item.put("extensions",
				(declaration != null) ? Map.of(BazaarDeclaration.EXTENSION, declaration.members()) : null);
		return Optional.of(present(item));
	}

	/** What is absent is left out. */
	private static Map<String, @Nullable Object> present(Map<String, @Nullable Object> members) {
		members.values().removeIf(Objects::isNull);
		return members;
	}

	private static Map<?, ?> accepts(PaymentRequirements way, boolean perRequest) {
		Map<?, ?> accepts = WireJson.read(WireJson.write(way), Map.class);
		if (perRequest) {
			accepts.remove("amount");
		}
		return accepts;
	}

	/** A route of several patterns is named by all of them. */
	private static @Nullable String url(PricedRoute route, @Nullable BazaarDeclaration declaration, String origin,
			String prefix) {
		if (route.name().contains("://")) {
			return route.name();
		}
		if (!route.name().startsWith("/")) {
			return null;
		}
		if (declaration != null && declaration.routeTemplate() != null) {
			return origin + declaration.routeTemplate();
		}
		String first = route.name().split(" ", 2)[0];
		return origin + PathTemplate.of(prefix + first).map(PathTemplate::value).orElse(prefix + first);
	}

}
