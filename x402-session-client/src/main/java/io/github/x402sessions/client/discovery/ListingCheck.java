package io.github.x402sessions.client.discovery;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.bazaar.PublicHost;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Takes over from a catalogue what fits a question and can be called. What a catalogue
 * should have left out is left out here: nothing of it is believed.
 */
final class ListingCheck {

	private static final int VERSION = 2;

	private static final int LONGEST_URL = 2048;

	private static final int LONGEST_DECLARATION = 64 * 1024;

	private static final int LONGEST_DESCRIPTION = 500;

	private static final int LONGEST_NAME = 100;

	private static final int MOST_TAGS = 5;

	private static final int MOST_TERMS = 16;

	private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]{1," + LONGEST_URL + "}");

	private final DiscoveryQuery query;

	private final boolean local;

	/**
	 * Create it.
	 * @param query what is looked for
	 * @param local whether the catalogue may list what only this machine or network knows
	 */
	ListingCheck(DiscoveryQuery query, boolean local) {
		this.query = query;
		this.local = local;
	}

	/**
	 * Look at an entry.
	 * @param entry anything
	 * @return what was found, or empty if it does not fit or is not what it should be
	 */
	Optional<FoundResource> check(@Nullable Object entry) {
		try {
			return (entry instanceof Map<?, ?> members) ? Optional.of(found(members)) : Optional.empty();
		}
		catch (MalformedMessageException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private FoundResource found(Map<?, ?> members) {
		String type = String.valueOf(members.get("type"));
		require(type.equals(BazaarDeclaration.HTTP) || type.equals(BazaarDeclaration.MCP));
		require(this.query.type() == null || this.query.type().equals(type));
		String url = String.valueOf(members.get("resource"));
		requireCallable(url, type);
		List<PaymentRequirements> terms = this.query.payable(terms(members.get("accepts")));
		require(!terms.isEmpty());
		return FoundResource.of(new DiscoveredResource(url, type, VERSION, terms,
				Objects.requireNonNullElse(PlainText.of(members.get("lastUpdated"), LONGEST_NAME), ""),
				PlainText.of(members.get("description"), LONGEST_DESCRIPTION),
				PlainText.of(members.get("mimeType"), LONGEST_NAME),
				PlainText.of(members.get("serviceName"), LONGEST_NAME), tags(members.get("tags")), null,
				declaration(members.get("extensions"))));
	}

	/** A catalogue that everybody reads has no business with what is in this network. */
	private void requireCallable(String text, String type) {
		require(PRINTABLE.matcher(text).matches());
		URI url = URI.create(text);
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		require(url.getRawUserInfo() == null && url.getRawFragment() == null && !url.isOpaque());
		if (scheme.equals("mcp")) {
			require(type.equals(BazaarDeclaration.MCP) && url.getRawAuthority() != null);
			return;
		}
		require((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null);
		require(this.local || PublicHost.normalized(url.getHost()).isPresent());
	}

	/** Terms of other versions of the protocol are of another shape, and left out. */
	private static List<PaymentRequirements> terms(@Nullable Object accepts) {
		return (accepts instanceof List<?> list)
				? list.stream().limit(MOST_TERMS).flatMap((each) -> asked(each).stream()).toList() : List.of();
	}

	private static Optional<PaymentRequirements> asked(@Nullable Object each) {
		try {
			PaymentRequirements asked = (each instanceof Map<?, ?>)
					? WireJson.read(WireJson.write(each), PaymentRequirements.class) : null;
			return Optional.ofNullable(asked)
				.filter((terms) -> Stream
					.of(terms.scheme(), terms.network(), terms.asset(), terms.payTo(), terms.amount())
					.allMatch((text) -> PRINTABLE.matcher(text).matches()))
				.filter((terms) -> terms.baseUnits().signum() > 0);
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable List<String> tags(@Nullable Object value) {
		if (!(value instanceof List<?> list)) {
			return null;
		}
		return list.stream()
			.limit(MOST_TAGS)
			.map((tag) -> PlainText.of(tag, LONGEST_NAME))
			.flatMap(Stream::ofNullable)
			.toList();
	}

	/** One that is not as it should be makes the listing worth nothing. */
	private static @Nullable Map<String, @Nullable Object> declaration(@Nullable Object extensions) {
		if (!(extensions instanceof Map<?, ?> map) || !(map.get(BazaarDeclaration.EXTENSION) instanceof Map<?, ?>)) {
			return null;
		}
		Object declared = map.get(BazaarDeclaration.EXTENSION);
		byte[] json = WireJson.write(Map.of(BazaarDeclaration.EXTENSION, declared));
		require(json.length <= LONGEST_DECLARATION && !isTwisted(declared));
		return BazaarDeclaration.of(read(json))
			.map((declaration) -> Map.<String, @Nullable Object>of(BazaarDeclaration.EXTENSION, declaration.members()))
			.orElse(null);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> read(byte[] json) {
		return WireJson.read(json, Map.class);
	}

	private static boolean isTwisted(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.keySet().stream().anyMatch(ListingCheck::isTwisted)
					|| map.values().stream().anyMatch(ListingCheck::isTwisted);
		}
		return (value instanceof List<?> list) ? list.stream().anyMatch(ListingCheck::isTwisted)
				: value instanceof String text && PlainText.isTwisted(text);
	}

	private static void require(boolean condition) {
		if (!condition) {
			throw new IllegalArgumentException("is not what was looked for, or nothing to call");
		}
	}

}
