package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a facilitator for a kind of payment, in the member {@value #MEMBER} of
 * that kind's {@code extra} in {@code /supported}. It is for servers, which leave it out
 * of their terms.
 *
 * @param minAmount the least that one payment may be, base units; {@code null} if that is
 * not said
 * @param maxAmount the most that one payment may be, base units; {@code null} if that is
 * not said
 * @param assets what may be paid with; {@code null} if that is not said
 */
public record KindLimits(@Nullable BigInteger minAmount, @Nullable BigInteger maxAmount,
		@Nullable List<String> assets) {

	/** The name of the member. */
	public static final String MEMBER = "limits";

	private static final String MIN_AMOUNT = "minAmount";

	private static final String MAX_AMOUNT = "maxAmount";

	private static final String ASSETS = "assets";

	private static final Set<String> NAMES = Set.of(MIN_AMOUNT, MAX_AMOUNT, ASSETS);

	private static final KindLimits NONE = new KindLimits(null, null, null);

	/**
	 * Copy the list.
	 */
	public KindLimits {
		assets = (assets != null) ? List.copyOf(assets) : null;
	}

	/**
	 * Read what a facilitator says. What is of another shape says nothing, because it may
	 * be another facilitator's own.
	 * @param kind a kind that it supports
	 * @return its limits
	 */
	public static KindLimits of(SupportedKind kind) {
		return (kind.extra().get(MEMBER) instanceof Map<?, ?> limits) ? new KindLimits(amount(limits.get(MIN_AMOUNT)),
				amount(limits.get(MAX_AMOUNT)), assets(limits.get(ASSETS))) : NONE;
	}

	/**
	 * Leave the limits out of what a server adds to its terms. What says anything else is
	 * another facilitator's own, and stays.
	 * @param kind a kind that a facilitator supports
	 * @return the rest of its extra
	 */
	public static Map<String, @Nullable Object> termsOf(SupportedKind kind) {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>(kind.extra());
		if (rest.get(MEMBER) instanceof Map<?, ?> limits && NAMES.containsAll(limits.keySet())
				&& !of(kind).equals(NONE)) {
			rest.remove(MEMBER);
		}
		return rest;
	}

	/**
	 * Write the limits.
	 * @return the value of the member
	 */
	public Map<String, Object> toMember() {
		Map<String, Object> member = new LinkedHashMap<>();
		if (this.minAmount != null) {
			member.put(MIN_AMOUNT, this.minAmount.toString());
		}
		if (this.maxAmount != null) {
			member.put(MAX_AMOUNT, this.maxAmount.toString());
		}
		if (this.assets != null) {
			member.put(ASSETS, this.assets);
		}
		return member;
	}

	/**
	 * Tell why every payment of a price would be refused. Ids of assets that differ in
	 * case alone are taken for the same, which they are where case is but a checksum.
	 * @param asset the asset that is asked for
	 * @param price the price, base units
	 * @return what is wrong, for the operator, or empty if nothing is
	 */
	public Optional<String> refusal(Asset asset, BigInteger price) {
		if (this.assets != null && this.assets.stream().noneMatch(asset.id()::equalsIgnoreCase)) {
			return Optional.of("its facilitator does not take the asset " + asset.id());
		}
		if (this.minAmount != null && price.compareTo(this.minAmount) < 0) {
			return Optional.of("it costs " + asset.toDecimal(price) + ", and its facilitator takes no payment below "
					+ asset.toDecimal(this.minAmount));
		}
		if (this.maxAmount != null && price.compareTo(this.maxAmount) > 0) {
			return Optional.of("it costs " + asset.toDecimal(price) + ", and its facilitator takes no payment above "
					+ asset.toDecimal(this.maxAmount));
		}
		return Optional.empty();
	}

	private static @Nullable BigInteger amount(@Nullable Object value) {
		return (value instanceof String text) ? BaseUnits.read(text).orElse(null) : null;
	}

	private static @Nullable List<String> assets(@Nullable Object value) {
		return (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance))
				? list.stream().map(String.class::cast).toList() : null;
	}

}
