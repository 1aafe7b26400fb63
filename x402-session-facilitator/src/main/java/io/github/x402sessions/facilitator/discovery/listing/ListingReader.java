package io.github.x402sessions.facilitator.discovery.listing;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Makes a listing of what a payment carries, by all the rules there are. What has to be
 * right is refused where it is not; what adorns a listing is left out. It may take a
 * while, so that nobody who pays waits for it. Thread-safe.
 */
public final class ListingReader {

	private static final int VERSION = 2;

	private static final int LONGEST_DESCRIPTION = 500;

	private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+(; ?[\\x20-\\x7E]*)?");

	private static final int LONGEST_MEDIA_TYPE = 100;

	private static final int LONGEST_EXTRA = 2048;

	private final int longest;

	private final boolean local;

	/**
	 * Create it.
	 * @param longest the longest declaration that is listed, bytes of JSON
	 * @param local whether hosts are listed that only this machine or network knows
	 */
	public ListingReader(int longest, boolean local) {
		this.longest = longest;
		this.local = local;
	}

	/**
	 * Make a listing.
	 * @param payment what was paid
	 * @return the listing
	 * @throws UnlistableException if it cannot be listed
	 */
	public Listing read(FacilitatorRequest payment) {
		ResourceInfo resource = payment.paymentPayload().resource();
		BazaarDeclaration declared = BazaarDeclaration.of(payment.paymentPayload().extensions())
			.orElseThrow(() -> new UnlistableException("info or schema is missing"));
		if (resource == null) {
			throw new UnlistableException("the payment names no resource");
		}
		if (WireJson.write(declared.members()).length > this.longest) {
			throw new UnlistableException("the declaration is longer than " + this.longest + " bytes");
		}
		requireStraight(declared.members(), "info or schema");
		DeclaredInput input = DeclaredInput.of(declared.info());
		requireInputIsDescribed(declared.schema());
		ListedUrl url = ListedUrl.of(resource.url(), this.local);
		SchemaCheck.require(declared.info(), declared.schema());
		return listing(payment, resource, declared, input, url);
	}

	private static Listing listing(FacilitatorRequest payment, ResourceInfo resource, BazaarDeclaration declared,
			DeclaredInput input, ListedUrl url) {
		Optional<String> template = BazaarDeclaration.HTTP.equals(input.type())
				? RouteTemplate.of(declared.routeTemplate(), url.path()) : Optional.empty();
		String listed = url.origin() + template.orElse(url.path());
		BazaarDeclaration shown = declared.with(DeclaredInput.shown(declared.info()), template.orElse(null));
		ServiceMetadata service = ServiceMetadata.of(resource.others());
		return new Listing(new ListingKey(input.type(), listed, input.name()), url.origin(),
				new DiscoveredResource(listed, input.type(), VERSION, List.of(), "",
						PlainText.of(resource.description(), LONGEST_DESCRIPTION), mediaType(resource.mimeType()),
						service.name(), service.tags().isEmpty() ? null : service.tags(), service.iconUrl(),
						Map.of(BazaarDeclaration.EXTENSION, shown.members())),
				terms(payment.paymentRequirements(), payment.paymentPayload().accepted()));
	}

	/** The specification wants so: a schema that says nothing proves nothing. */
	private static void requireInputIsDescribed(Map<String, @Nullable Object> schema) {
		if (!(schema.get("properties") instanceof Map<?, ?> properties)
				|| !(properties.get("input") instanceof Map<?, ?>)) {
			throw new UnlistableException("schema does not describe input");
		}
	}

	private static void requireStraight(@Nullable Object value, String where) {
		if (value instanceof String text && PlainText.isTwisted(text)) {
			throw new UnlistableException(where + " has control characters, or others that are not seen");
		}
		if (value instanceof Double number && !Double.isFinite(number)) {
			throw new UnlistableException(where + " has a number that is too large");
		}
		if (value instanceof Map<?, ?> map) {
			map.keySet().forEach((name) -> requireStraight(name, where));
			map.values().forEach((child) -> requireStraight(child, where));
		}
		if (value instanceof List<?> list) {
			list.forEach((child) -> requireStraight(child, where));
		}
	}

	private static @Nullable String mediaType(@Nullable String text) {
		return (text != null && text.length() <= LONGEST_MEDIA_TYPE && MEDIA_TYPE.matcher(text).matches()) ? text
				: null;
	}

	/**
	 * Take over the terms as the payer saw them: of what the server adds for its
	 * facilitator nothing, and the price before metering.
	 */
	private static PaymentRequirements terms(PaymentRequirements asked, PaymentRequirements accepted) {
		Map<String, @Nullable Object> extra = new LinkedHashMap<>(asked.extra());
		extra.entrySet()
			.removeIf((member) -> !Objects.equals(member.getValue(), accepted.extra().get(member.getKey())));
		requireStraight(extra, "extra");
		if (WireJson.write(extra).length > LONGEST_EXTRA) {
			throw new UnlistableException("extra is longer than " + LONGEST_EXTRA + " bytes");
		}
		BigInteger amount = asked.baseUnits();
		BigInteger most = BaseUnits.read(accepted.amount()).orElse(amount);
		return new PaymentRequirements(asked.scheme(), asked.network(), amount.max(most).toString(), asked.asset(),
				asked.payTo(), asked.maxTimeoutSeconds(), extra);
	}

}
