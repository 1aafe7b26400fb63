package io.github.x402sessions.core.challenge;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The terms as a page for people: what is asked, by whom, why and how to pay. One
 * document without scripts or outside resources; whatever is not its own text is escaped.
 */
@SuppressWarnings("InlineFormatString")
final class ChallengePage {

	private static final String STYLE = """
			body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1b1b1b}
			h1{font-size:1.5rem}section{border:1px solid #ccc;border-radius:8px;padding:0 1rem;margin:1rem 0}
			dt{font-weight:600;margin-top:.6rem}dd{margin:0 0 .6rem;overflow-wrap:anywhere}
			.price{font-size:1.3rem}.error{border-left:4px solid #b00020;padding:.5rem 1rem;background:#fdecef}
			""";

	private static final String POLICY = "default-src 'none'; style-src 'sha256-"
			+ Base64.getEncoder().encodeToString(Sha256.of(STYLE))
			+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	ResponseBody render(PricedRoute route, PaymentRequired required) {
		String description = required.resource().description();
		List<PaymentRequirements> accepts = required.accepts();
		String what = escape((description != null) ? description : required.resource().url());
		String count = (accepts.size() == 1) ? "this" : "one of these";
		String terms = accepts.stream().map((one) -> section(route, one)).collect(Collectors.joining());
		return new ResponseBody("text/html;charset=UTF-8", page(error(required.error()), what, count, terms), POLICY);
	}

	private static String page(String error, String what, String count, String terms) {
		return """
				<!DOCTYPE html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>Payment required</title>
				<style>%s</style>
				</head>
				<body>
				<h1>Payment required</h1>
				%s<p><strong>%s</strong> is for sale by the request. The server asks for %s:</p>
				%s<h2>How to pay</h2>
				<p>A browser alone cannot pay. Send the request with a client that speaks
				<a href="https://www.x402.org" rel="noreferrer">x402</a> version 2: it reads the terms from the header
				<code>PAYMENT-REQUIRED</code> of this answer and repeats the request with <code>PAYMENT-SIGNATURE</code>.</p>
				</body>
				</html>
				"""
			.formatted(STYLE, error, what, count, terms);
	}

	private static String error(@Nullable String error) {
		return (error != null)
				? "<p class=\"error\">The payment was not accepted: <code>" + escape(error) + "</code></p>\n" : "";
	}

	private static String section(PricedRoute route, PaymentRequirements terms) {
		Object facilitator = terms.extra().get("facilitatorUrl");
		return "<section><dl>\n" + item("Price", "<span class=\"price\">" + escape(price(route, terms)) + "</span>")
				+ item("Asset", escape(terms.asset())) + item("Network", escape(terms.network()))
				+ item("Paid to", escape(terms.payTo())) + item("Payment scheme", escape(terms.scheme()) + hint(terms))
				+ ((facilitator != null) ? item("Settled by", escape(facilitator.toString())) : "")
				+ "</dl></section>\n";
	}

	private static String item(String name, String html) {
		return "<dt>" + name + "</dt><dd>" + html + "</dd>\n";
	}

	private static String hint(PaymentRequirements terms) {
		return PaymentScheme.of(terms.scheme()).howToPay().map((how) -> ": " + escape(how)).orElse("");
	}

	/** The price in whole tokens; the route knows the decimals of what it asks for. */
	private static String price(PricedRoute route, PaymentRequirements terms) {
		return route.accepts()
			.stream()
			.filter((own) -> own.network().equals(terms.network()) && own.asset().id().equals(terms.asset()))
			.map(PaymentTerms::asset)
			.findFirst()
			.map((asset) -> asset.toDecimal(terms.baseUnits()) + " " + name(terms.network(), asset))
			.orElseGet(() -> terms.amount() + " base units of the asset");
	}

	private static String name(String network, Asset asset) {
		return NetworkRules.of(network).defaultAsset().filter(asset::equals).map(Asset::symbol).orElse("of the asset");
	}

	static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		text.codePoints().forEach((character) -> {
			switch (character) {
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '&' -> escaped.append("&amp;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				default -> escaped.appendCodePoint(Character.isISOControl(character) ? ' ' : character);
			}
		});
		return escaped.toString();
	}

}
