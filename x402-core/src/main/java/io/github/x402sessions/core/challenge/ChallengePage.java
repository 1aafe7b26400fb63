package io.github.x402sessions.core.challenge;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The terms as a page for people: what is asked, by whom, why and how to pay, and where
 * that can be done on it, the form to pay by. One document without outside resources;
 * whatever is not its own text is escaped.
 */
@SuppressWarnings("InlineFormatString")
final class ChallengePage {

	private static final String TYPE = "text/html;charset=UTF-8";

	/** What no document may be framed by; this alone outlives the page. */
	private static final String UNFRAMED = "frame-ancestors 'none'";

	private static final String BY_PROGRAM = """
			Send the request with a client that speaks
			<a href="https://www.x402.org" rel="noreferrer">x402</a> version 2: it reads the terms from the header
			<code>PAYMENT-REQUIRED</code> of this answer and repeats the request with <code>PAYMENT-SIGNATURE</code>.""";

	private final PayPage settings;

	private final String style;

	private final String policy;

	ChallengePage(PayPage settings) {
		this.settings = settings;
		this.style = PageStyle.of(settings.accent());
		this.policy = "default-src 'none'; style-src " + PayForm.hash(this.style) + "; "
				+ ((settings.logo() != null || settings.enabled()) ? "img-src 'self' data: blob:; " : "")
				+ "base-uri 'none'; form-action 'none'";
	}

	/**
	 * Make the page.
	 * @param payable whether the request is one that the page can make again, with a
	 * payment
	 */
	ResponseBody render(PricedRoute route, PaymentRequired required, boolean payable) {
		List<PageWay> ways = (payable && this.settings.enabled() && required.error() == null)
				? PageWay.of(route, required) : List.of();
		if (ways.isEmpty()) {
			String how = "<h2>How to pay</h2>\n<p>A browser alone cannot pay. " + BY_PROGRAM + "</p>\n";
			return new ResponseBody(TYPE, document("", "", body(route, required, how)), this.policy + "; " + UNFRAMED);
		}
		PayForm form = new PayForm(ways, required,
				(this.settings.devnet() != null && PayForm.isPlayed(required)) ? base(this.settings.devnet()) : null);
		String how = "<div id=\"x402-how\"><h2>How to pay</h2>\n<p>With JavaScript, on this page. Without it: "
				+ BY_PROGRAM + "</p></div>\n";
		String policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + escape(form.policy() + this.policy)
				+ "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
		String body = body(route, required, how).replaceFirst("<section>",
				"<section id=\"x402-pay\" hidden></section>\n<section>");
		return new ResponseBody(TYPE, document(PayForm.BEGIN, policy, body + form.html()), UNFRAMED);
	}

	private String document(String begin, String head, String body) {
		return """
				<!DOCTYPE html>
				%s<html lang="en">
				<head>
				%s<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>Payment required</title>
				<style>%s</style>
				</head>
				<body>
				%s</body>
				</html>
				""".formatted(begin, head, this.style, body);
	}

	private String body(PricedRoute route, PaymentRequired required, String how) {
		String description = required.resource().description();
		List<PaymentRequirements> accepts = required.accepts();
		String what = escape((description != null) ? description : required.resource().url());
		String count = (accepts.size() == 1) ? "this" : "one of these";
		String terms = accepts.stream().map((one) -> section(route, one)).collect(Collectors.joining());
		return """
				%s<main>
				<h1>Payment required</h1>
				%s<p><strong>%s</strong> is for sale by the request. The server asks for %s:</p>
				%s%s</main>
				""".formatted(brand(), error(required.error()), what, count, terms, how);
	}

	private String brand() {
		String name = this.settings.name();
		String logo = this.settings.logo();
		if (name == null && logo == null) {
			return "";
		}
		String picture = (logo != null) ? "<img src=\"" + escape(logo) + "\" alt=\"\">" : "";
		return "<header>" + picture + ((name != null) ? "<span>" + escape(name) + "</span>" : "") + "</header>\n";
	}

	private static String base(URI url) {
		return url.toString().replaceAll("/+$", "");
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
		return PageWay.asset(route, terms)
			.map((asset) -> asset.toDecimal(terms.baseUnits()) + " " + PageWay.name(terms.network(), asset))
			.orElseGet(() -> terms.amount() + " base units of the asset");
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
