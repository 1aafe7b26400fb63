package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.x402sessions.client.discovery.DiscoveryClient;
import io.github.x402sessions.client.discovery.DiscoveryQuery;
import io.github.x402sessions.client.discovery.DiscoveryResults;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.find.FoundEntry;
import io.github.x402sessions.samples.agent.find.FoundFile;
import io.github.x402sessions.samples.agent.find.FoundList;
import io.github.x402sessions.samples.agent.find.FoundTable;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import io.github.x402sessions.samples.agent.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Finds what is for sale in the catalogue of a facilitator, and keeps it for the command
 * that pays.
 */
@Command(name = "find", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Finds what is for sale, by the catalogue of a facilitator, and payable in your money. Its numbers "
				+ "are good for 'session-agent N', 'open N' and 'pay N'.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:something was found", "1:nothing was",
				"2:an option is missing or wrong", "3:there is no catalogue, or no answer" })
final class FindCommand extends SessionCommand {

	private static final int MOST = 100;

	@Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for, such as \"weather in oslo\".")
	private List<String> words = List.of();

	@Option(names = { "--facilitator", "--catalogue" }, required = true, paramLabel = "URL",
			description = "The facilitator, or another that keeps a catalogue; https but on this machine.")
	@SuppressWarnings("NullAway.Init")
	private URI catalogue;

	@Option(names = "--max-price", paramLabel = "AMOUNT",
			description = "The most that a call may cost, also when it is paid (default: any price, and what is paid "
					+ "costs no more than what is listed).")
	private @Nullable String maxPrice;

	@Option(names = "--scheme", paramLabel = "SCHEME", defaultValue = "auto",
			description = "How it has to be payable: session, exact, or auto for either (default: ${DEFAULT-VALUE}).")
	private String scheme = "auto";

	@Option(names = "--type", paramLabel = "TYPE", description = "http or mcp, for tools (default: both).")
	private @Nullable String type;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "10",
			description = "How much to find at most, up to 100 (default: ${DEFAULT-VALUE}).")
	private int limit;

	@Mixin
	private FoundFile file = new FoundFile();

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Override
	int run(Report report) {
		Asset asset = this.moneyOptions.asset();
		DiscoveryResults results = client(this.catalogue).search(query(asset));
		FoundList found = FoundList.of(results, asset, this.maxPrice);
		this.file.write(found);
		List<FoundEntry> entries = found.entries();
		report.object(new Finding(entries, results.isPartial()));
		new FoundTable(report).print(entries);
		report.line((entries.isEmpty() ? "found     nothing" : "found     " + entries.size())
				+ (results.isPartial() ? ", and there may be more" : ""));
		return entries.isEmpty() ? NOT_ALL_PAID : 0;
	}

	/** What is asked of a catalogue goes there openly or not at all. */
	static DiscoveryClient client(URI catalogue) {
		try {
			return DiscoveryClient.of(AllowedServers.of("--catalogue", List.of(catalogue)).get(0));
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--catalogue", String.valueOf(ex.getMessage()));
		}
	}

	private DiscoveryQuery query(Asset asset) {
		if (this.limit > MOST) {
			throw new WrongOptionException("--limit", "has to be 1 to " + MOST);
		}
		DiscoveryQuery query = told("WORD", () -> DiscoveryQuery.of(String.join(" ", this.words)))
			.withNetwork(this.moneyOptions.network().id())
			.withSchemes(SchemeChoice.of(this.scheme).schemes().toArray(String[]::new));
		DiscoveryQuery typed = told("--type", () -> query.withType(this.type));
		DiscoveryQuery limited = told("--limit", () -> typed.withLimit(this.limit));
		String most = this.maxPrice;
		return (most != null) ? told("--max-price", () -> limited.withMaxPrice(most, asset)) : limited.withAsset(asset);
	}

	private static DiscoveryQuery told(String option, Supplier<DiscoveryQuery> query) {
		try {
			return query.get();
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException(option, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * What was found, for programs.
	 *
	 * @param found the results, the best first
	 * @param partial whether there may be more
	 */
	record Finding(@JsonProperty List<FoundEntry> found, @JsonProperty boolean partial) {
	}

}
