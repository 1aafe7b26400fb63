package io.github.x402sessions.facilitator.settlement.recipient;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.core.csv.CsvLine;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A page of a recipient's settlements, in the order in which they changed.
 *
 * @param settlements the settlements, each as it is now
 * @param next where the next page begins, which may be empty yet
 */
public record SettlementPage(List<Entry> settlements, String next) {

	private static final String COLUMNS = "id,status,amount,asset,network,transaction,ledger,at,updatedAt,payer,handle,deferred,resource";

	/** Copy the list. */
	public SettlementPage {
		settlements = List.copyOf(settlements);
	}

	/**
	 * Make a page.
	 * @param changes what has changed
	 * @param network the network as a CAIP-2 id
	 * @param since where the page begins
	 * @return the page
	 */
	public static SettlementPage of(List<RecordedChange> changes, String network, long since) {
		long last = changes.isEmpty() ? since : changes.get(changes.size() - 1).number();
		return new SettlementPage(changes.stream().map((change) -> Entry.of(change, network)).toList(),
				Long.toString(last));
	}

	/**
	 * Write it as a table with a line of names, which a spreadsheet runs nothing of.
	 * @return CSV as of RFC 4180
	 */
	public byte[] csv() {
		return Stream.concat(Stream.of(COLUMNS), this.settlements.stream().map(Entry::cells).map(CsvLine::of))
			.collect(Collectors.joining(CsvLine.END, "", CsvLine.END))
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Write each settlement as a line of its own.
	 * @return JSON lines
	 */
	public byte[] jsonLines() {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		this.settlements.forEach((entry) -> {
			lines.writeBytes(WireJson.write(entry));
			lines.write('\n');
		});
		return lines.toByteArray();
	}

	/**
	 * A settlement as its recipient sees it.
	 *
	 * @param id its name; of a deferred one that of the commitment
	 * @param status its state, such as {@code confirmed}
	 * @param amount what is paid, base units
	 * @param asset the asset's contract
	 * @param network the network as a CAIP-2 id
	 * @param transaction the hash of the transaction that carries it; absent while none
	 * does
	 * @param ledger the ledger that has applied that; absent while none has
	 * @param at when it was asked for, ISO 8601
	 * @param updatedAt when it changed, ISO 8601
	 * @param payer who pays
	 * @param handle the name of the session that pays, which opens nothing; absent where
	 * none does
	 * @param deferred whether it was committed
	 * @param resource the URL that the payer has signed for; absent where nothing was
	 * signed, or what was is not kept any more
	 */
	public record Entry(String id, String status, String amount, String asset, String network,
			@Nullable String transaction, @Nullable Long ledger, String at, String updatedAt, String payer,
			@Nullable String handle, boolean deferred, @Nullable String resource) {

		/**
		 * Describe a settlement.
		 * @param change the settlement
		 * @param network the network as a CAIP-2 id
		 * @return the description
		 */
		public static Entry of(RecordedChange change, String network) {
			return new Entry(change.id(), change.status().toLowerCase(Locale.ROOT), change.amount().toString(),
					change.asset(), network, change.transaction(), change.ledger(), change.at().toString(),
					change.updatedAt().toString(), change.payer(), change.handle(), change.deferred(),
					change.resource());
		}

		Stream<@Nullable Object> cells() {
			return Stream.of(this.id, this.status, this.amount, this.asset, this.network, this.transaction, this.ledger,
					this.at, this.updatedAt, this.payer, this.handle, this.deferred, this.resource);
		}

	}

}
