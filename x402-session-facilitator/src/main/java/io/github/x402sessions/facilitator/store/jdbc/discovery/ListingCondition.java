package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.discovery.ListingFilter;
import org.jspecify.annotations.Nullable;

/**
 * A choice among listings as SQL.
 *
 * @param text a condition on a row of a listing; empty for none
 * @param params its parameters by name
 */
record ListingCondition(String text, Map<String, Object> params) {

	/**
	 * Write a choice.
	 * @param filter the choice
	 * @param row the name of the row with a listing's number and type
	 */
	static ListingCondition of(ListingFilter filter, String row) {
		Map<String, Object> params = new LinkedHashMap<>();
		List<String> parts = new ArrayList<>();
		add(parts, params, row + ".type = :type", "type", filter.type());
		if (filter.hasTerms()) {
			List<String> terms = new ArrayList<>(List.of("term.listing = " + row + ".number"));
			add(terms, params, "term.pay_to = :payTo", "payTo", filter.payTo());
			add(terms, params, "term.scheme = :scheme", "scheme", filter.scheme());
			add(terms, params, "term.network = :network", "network", filter.network());
			add(terms, params, "term.asset = :asset", "asset", filter.asset());
			add(terms, params, "term.amount <= :maxAmount", "maxAmount", filter.maxAmount());
			parts.add("exists (select 1 from listing_terms term where " + String.join(" and ", terms) + ")");
		}
		return new ListingCondition(String.join(" and ", parts), params);
	}

	private static void add(List<String> parts, Map<String, Object> params, String part, String name,
			@Nullable Object value) {
		if (value != null) {
			parts.add(part);
			params.put(name, value);
		}
	}

	/** Return the condition on a row {@code l} for listings that are not hidden. */
	String shown() {
		return "l.hidden_at is null" + (this.text.isEmpty() ? "" : " and " + this.text);
	}

}
