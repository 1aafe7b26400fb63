package io.github.x402sessions.core.challenge;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChallengePageTests {

	private static final PayPage PLAYED = new PayPage(true, null, null, null, URI.create("http://localhost:8000/"));

	@Test
	void onlyATestNetworkHasPlayMoney() {
		String played = page(PLAYED, "session", Network.STELLAR_TESTNET, "https://f.example").content();
		assertThat(played).contains("\"devnet\":\"http://localhost:8000\"")
			.contains("http://localhost:8000 https://f.example");
		String real = page(PLAYED, "session", Network.STELLAR_PUBNET, "https://f.example").content();
		assertThat(real).contains("x402-data", "connect-src &#39;self&#39; https://f.example; ")
			.doesNotContain("localhost");
	}

	/** In a policy a path is that path alone, and a semicolon ends the rule. */
	@Test
	void aDevnetBelowAPathIsCalledByItsOrigin() {
		String page = page(
				new PayPage(true, null, null, null, URI.create("http://localhost:8000/dev;script-src%20*,/net")),
				"session", Network.STELLAR_TESTNET, "https://f.example")
			.content();
		assertThat(page).contains("\"devnet\":\"http://localhost:8000/dev;script-src%20*,/net\"")
			.contains("connect-src &#39;self&#39; http://localhost:8000 https://f.example; ");
	}

	@ParameterizedTest
	@CsvSource({ "upto, https://f.example", "session, ftp://f.example", "session, https://a b", "session, f.example",
			"session, https://user:pw@f.example", "exact, https://f.example/?key=1" })
	void whatThePageCannotPayOrCallHasNoScript(String scheme, String facilitator) {
		ResponseBody page = page(PLAYED, scheme, Network.STELLAR_TESTNET, facilitator);
		assertThat(page.content()).contains("A browser alone cannot pay").doesNotContain("<script", "<meta http-equiv");
		assertThat(page.contentSecurityPolicy()).startsWith("default-src 'none'; ")
			.endsWith("; frame-ancestors 'none'");
	}

	@Test
	void theScriptIsOneWithoutImports() {
		String script = PageScript.of("pay-page");
		assertThat(script).doesNotContainPattern("(?m)^(import|export) ")
			.doesNotContain("</script", "<!--", "-->", "/**")
			.contains("$m[\"bytes\"] = (() => {", "= $m[\"bytes\"];");
		assertThat(script.length()).isLessThan(64 * 1024);
	}

	@ParameterizedTest
	@CsvSource({ "#ffffff, #000", "#ffcc00, #000", "#0b5cad, #fff", "#000000, #fff", "#777777, #000" })
	void whatStandsOnTheAccentCanBeRead(String accent, String text) {
		assertThat(PageStyle.of(accent)).contains("--accent:" + accent + ";--on:" + text + "}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//cdn.example/a.png", "/\\cdn.example", "https://cdn.example/a.png", "data:text/html,x",
			"logo.png", "/a b", "javascript:alert(1)" })
	void aLogoComesFromHere(String logo) {
		assertThatExceptionOfType(InvalidPageException.class)
			.isThrownBy(() -> new PayPage(true, null, logo, null, null))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(InvalidPageException.Setting.LOGO))
			.withMessageNotContaining(logo);
	}

	private static ResponseBody page(PayPage settings, String scheme, Network network, String facilitator) {
		PaymentTerms terms = PaymentTerms.of(scheme, network.id(), Asset.usdc(network), "0.10",
				"GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG");
		PaymentRequirements requirements = terms.toRequirements(Map.of("facilitatorUrl", facilitator));
		PricedRoute route = PricedRoute.of("/sold", terms);
		return new ChallengePage(settings).render(route, new PaymentRequired(2, null,
				new ResourceInfo("https://shop.example/sold", null, null), List.of(requirements), null), true);
	}

}
