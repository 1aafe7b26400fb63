package io.github.x402sessions.core.challenge;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The form that a person pays by on the page: its scripts, what they are told, and the
 * policy that holds them to this server and its facilitators. The scripts are put
 * together once.
 *
 * @param ways the ways of paying that the page knows, at least one
 * @param required the terms
 * @param devnet the base URL of a devnet, or {@code null}
 */
record PayForm(List<PageWay> ways, PaymentRequired required, @Nullable String devnet) {

	/**
	 * Begins the page: what was paid for takes its place, and swallows the rest. It
	 * stands before the policy, which would hold for that document too.
	 */
	static final String BEGIN = "<script>" + PageScript.plain("restore.js") + "</script>\n";

	/** The API of the wallet Freighter. */
	private static final String WALLET = PageScript.asItIs("freighter-api/freighter-api-6.0.1.min.js");

	private static final String SCRIPT = PageScript.of("pay-page");

	private static final String SCRIPTS = "script-src " + hash(WALLET) + " " + hash(SCRIPT) + "; ";

	static String hash(String text) {
		return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text)) + "'";
	}

	/** The rules beside those of a page without a script. */
	String policy() {
		TreeSet<String> origins = new TreeSet<>();
		this.ways
			.forEach((way) -> PageWay.facilitator(this.required.accepts().get(way.index())).ifPresent(origins::add));
		if (this.devnet != null) {
			origins.add(Objects.requireNonNull(PayPage.origin(URI.create(this.devnet))));
		}
		return SCRIPTS + "connect-src 'self' " + String.join(" ", origins) + "; media-src blob:; ";
	}

	/** The end of the page's body. */
	String html() {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("required", this.required);
		told.put("ways", this.ways.stream().map(PayForm::told).toList());
		if (this.devnet != null) {
			told.put("devnet", this.devnet);
		}
		String json = new String(WireJson.write(told), StandardCharsets.UTF_8);
		return "<script type=\"application/json\" id=\"x402-data\">"
				+ json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "</script>\n<script>"
				+ WALLET + "</script>\n<script type=\"module\">" + SCRIPT + "</script>\n";
	}

	private static Map<String, Object> told(PageWay way) {
		return Map.of("index", way.index(), "scheme", way.scheme(), "passphrase", way.passphrase(), "decimals",
				way.decimals(), "symbol", way.symbol());
	}

	/** Play money is for where nothing is worth anything. */
	static boolean isPlayed(PaymentRequired required) {
		return required.accepts().stream().allMatch((terms) -> NetworkRules.of(terms.network()).isForTests());
	}

}
