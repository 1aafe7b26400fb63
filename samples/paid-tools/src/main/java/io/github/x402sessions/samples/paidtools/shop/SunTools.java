package io.github.x402sessions.samples.paidtools.shop;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * Sells what the sun does. A call that fails, such as for a place that nobody knows,
 * costs nothing.
 */
@Component
class SunTools {

	/** Of a day in a table, whole tokens. */
	private static final String DAY_PRICE = "0.002";

	@McpTool(name = "places", description = "Names the places whose sun is known")
	List<String> places() {
		return Place.ALL.stream().map(Place::name).toList();
	}

	/** It can be paid alone too, without a session. */
	@McpTool(name = "sun_times", description = "Tells when the sun rises and sets at a place on a day",
			generateOutputSchema = true)
	@X402Price(accepts = { @X402Accept(price = "0.01"), @X402Accept(price = "0.01", scheme = "exact") },
			description = "Sunrise and sunset of a day")
	SunDay sunTimes(@McpToolParam(description = "One of the places") String place,
			@McpToolParam(description = "The day, such as 2026-12-21") String date) {
		return SunDay.of(Place.named(place), day(date));
	}

	/**
	 * The price is the most that a table costs, and the payment knows how many days that
	 * buys. What the days come to is settled before the table leaves.
	 */
	@McpTool(name = "sun_table",
			description = "Lists sunrise and sunset of some days in a row, " + DAY_PRICE
					+ " USDC a day and 15 days at most")
	@X402Price(value = "0.03", description = "Sunrise and sunset, " + DAY_PRICE + " USDC a day")
	List<SunDay> sunTable(@McpToolParam(description = "One of the places") String place,
			@McpToolParam(description = "The first day, such as 2026-12-21") String from,
			@McpToolParam(description = "How many") int days, MeteredPayment payment) {
		Place known = Place.named(place);
		LocalDate first = day(from);
		BigInteger price = payment.payment().asset().toBaseUnits(DAY_PRICE);
		List<SunDay> table = new ArrayList<>();
		while (table.size() < days && price.compareTo(payment.remaining()) <= 0) {
			payment.charge(price);
			table.add(SunDay.of(known, first.plusDays(table.size())));
		}
		return table;
	}

	private static LocalDate day(String date) {
		try {
			return LocalDate.parse(date.strip());
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("no date; one is such as 2026-12-21", ex);
		}
	}

}
