package io.github.x402sessions.core.terms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChargesTableTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final String ANOTHER = "GBRWATZBEJWPSWC6PQ2BKJNHBTFCJXIA4BO2AHYNRMLU54LR3PFVSEFO";

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final Asset OTHER = new Asset("CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC", 7);

	@Test
	void oneRouteIsOneLine() {
		ChargesTable table = table(false, route("GET /api/quote", terms("session", USDC, "0.10", MERCHANT)));
		assertThat(table.count()).isEqualTo("1 route");
		assertThat(table).hasToString("\n  GET /api/quote  0.1 USDC  session  settled at commit\n  paid to " + MERCHANT
				+ " on stellar:testnet\n  USDC is " + USDC.id());
	}

	@Test
	void columnsAreAlignedAndWaysThatCostTheSameAreOne() {
		ChargesTable table = table(false,
				route("/a", terms("session", USDC, "0.10", MERCHANT), terms("exact", USDC, "0.10", MERCHANT)),
				route("/longer/path", terms("exact", USDC, "12.345", MERCHANT), terms("session", OTHER, "1", ANOTHER))
					.withTiming(SettlementTiming.BEFORE_HANDLER));
		assertThat(table.toString().lines().skip(1)).containsExactly(
				"  /a            0.1 USDC                                                       session or exact  settled at commit       to "
						+ MERCHANT + " on stellar:testnet",
				"  /longer/path  12.345 USDC                                                    exact             settled before handler  to "
						+ MERCHANT + " on stellar:testnet",
				"                or 1 " + OTHER.id() + "  session                                   to " + ANOTHER
						+ " on stellar:testnet",
				"  USDC is " + USDC.id());
	}

	@Test
	void manyRoutesAreNotAllShown() {
		List<PricedRoute> routes = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			routes.add(route("/route/" + i, terms("session", USDC, "0.10", MERCHANT)));
		}
		ChargesTable table = table(false, routes.toArray(PricedRoute[]::new));
		assertThat(table.count()).isEqualTo("200 routes");
		assertThat(table.toString().lines()).hasSize(44).contains("  … and 160 more");
	}

	@Test
	void aPriceThatIsNotKnownIsNotShown() {
		assertThat(table(true, route("/a", terms("session", USDC, "1", MERCHANT))).toString())
			.contains("by request, in USDC")
			.doesNotContain("1 USDC");
		assertThat(table(true).isEmpty()).isTrue();
	}

	private static PricedRoute route(String name, PaymentTerms... ways) {
		return new PricedRoute(name, List.of(ways), null, null);
	}

	private static PaymentTerms terms(String scheme, Asset asset, String price, String payTo) {
		return PaymentTerms.of(scheme, "stellar:testnet", asset, price, payTo);
	}

	private static ChargesTable table(boolean perRequest, PricedRoute... routes) {
		return ChargesTable.of(List.of(new PriceList() {

			@Override
			public Collection<PricedRoute> routes() {
				return List.of(routes);
			}

			@Override
			public boolean isPricedPerRequest(PricedRoute route) {
				return perRequest;
			}

		}));
	}

}
