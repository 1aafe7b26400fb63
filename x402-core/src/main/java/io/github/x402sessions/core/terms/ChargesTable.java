package io.github.x402sessions.core.terms;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * Shows an owner what is charged, how much, by which schemes, when it is settled, who is
 * paid and in what: aligned, and no longer than a screen. What is the same for all routes
 * is said once, below. Immutable.
 */
public final class ChargesTable {

	/** More lines than this are not read. */
	private static final int MOST = 40;

	/** A longer cell does not widen its column. */
	private static final int WIDEST = 64;

	private final int routes;

	private final List<List<Row>> shown = new ArrayList<>();

	private int lines;

	private ChargesTable(Collection<? extends PriceList> prices) {
		int known = 0;
		for (PriceList list : prices) {
			for (PricedRoute route : list.routes()) {
				known++;
				add(rows(route, list.isPricedPerRequest(route)));
			}
		}
		this.routes = known;
	}

	/**
	 * Create a table.
	 * @param prices what is known of prices before anybody calls
	 * @return the table
	 */
	public static ChargesTable of(Collection<? extends PriceList> prices) {
		return new ChargesTable(prices);
	}

	private void add(List<Row> rows) {
		if (this.shown.isEmpty() || (this.lines < MOST && this.lines + rows.size() <= MOST)) {
			this.shown.add(rows);
			this.lines += rows.size();
		}
		else {
			this.lines = MOST;
		}
	}

	/**
	 * Tell whether no route is known.
	 * @return whether there is nothing to show
	 */
	public boolean isEmpty() {
		return this.routes == 0;
	}

	/**
	 * Return the number of routes.
	 * @return the number in words, such as {@code 3 routes}
	 */
	public String count() {
		return (this.routes == 1) ? "1 route" : this.routes + " routes";
	}

	/** Return the lines, each on a line of its own and indented. */
	@Override
	public String toString() {
		List<Row> rows = this.shown.stream().flatMap(List::stream).toList();
		boolean onePayee = rows.stream().map(Row::payee).distinct().count() == 1;
		int[] widths = new int[4];
		rows.forEach((row) -> row.widen(widths));
		StringBuilder text = new StringBuilder();
		rows.forEach((row) -> text.append("\n  ").append(row.line(widths, !onePayee)));
		if (this.routes > this.shown.size()) {
			text.append("\n  … and ").append(this.routes - this.shown.size()).append(" more");
		}
		if (onePayee && !rows.isEmpty()) {
			text.append("\n  paid ").append(rows.get(0).payee());
		}
		rows.stream()
			.map((row) -> row.asset)
			.distinct()
			.filter((asset) -> !asset.symbol().equals(asset.id()))
			.forEach((asset) -> text.append("\n  ").append(asset.symbol()).append(" is ").append(asset.id()));
		return text.toString();
	}

	/** Ways to pay that differ in their scheme alone are one row. */
	private static List<Row> rows(PricedRoute route, boolean perRequest) {
		Map<List<Object>, List<PaymentTerms>> alike = new LinkedHashMap<>();
		for (PaymentTerms terms : route.accepts()) {
			alike
				.computeIfAbsent(List.of(terms.asset(), perRequest ? BigInteger.ZERO : terms.amount(), terms.payTo(),
						terms.network()), (way) -> new ArrayList<>())
				.add(terms);
		}
		List<Row> rows = new ArrayList<>();
		alike.values().forEach((ways) -> rows.add(Row.of(route, ways, perRequest, rows.isEmpty())));
		return rows;
	}

	private record Row(List<String> cells, Asset asset, String payee) {

		static Row of(PricedRoute route, List<PaymentTerms> ways, boolean perRequest, boolean first) {
			PaymentTerms terms = ways.get(0);
			String price = perRequest ? "by request, in " + terms.asset().symbol()
					: terms.asset().describe(terms.amount());
			List<String> cells = List.of(first ? route.name() : "", (first ? "" : "or ") + price,
					String.join(" or ", ways.stream().map(PaymentTerms::scheme).distinct().toList()),
					first ? "settled " + words(route.timing()) + free(route.free()) : "");
			return new Row(cells, terms.asset(), "to " + terms.payTo() + " on " + terms.network());
		}

		private static String words(SettlementTiming timing) {
			return timing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

		private static String free(@Nullable FreeCalls calls) {
			if (calls == null) {
				return "";
			}
			return ((calls.condition() != null) ? ", free for " + calls.condition() : "")
					+ ((calls.perDay() > 0) ? ", " + calls.perDay() + " free a day for each caller" : "");
		}

		void widen(int[] widths) {
			Arrays.setAll(widths,
					(column) -> Math.max(widths[column], Math.min(WIDEST, this.cells.get(column).length())));
		}

		String line(int[] widths, boolean withPayee) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				String cell = this.cells.get(i);
				line.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 2));
			}
			return (withPayee ? line.append(this.payee) : line).toString().stripTrailing();
		}

	}

}
