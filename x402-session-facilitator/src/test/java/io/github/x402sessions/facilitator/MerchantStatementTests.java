package io.github.x402sessions.facilitator;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.Commands.Output;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call for a merchant without limits asks the database for nothing that it would not be
 * asked for anyway.
 */
class MerchantStatementTests {

	private static final int CALLS = 20;

	private static final List<String> NOBODYS = List.of("select version from merchant_head",
			"select m.*, r.recipient from merchant m join", "select * from merchant_key where revoked_at is null",
			"update merchant_key set last_used_at");

	@Test
	void callForAMerchantWithoutLimitsAsksNothingMore() throws SQLException {
		try (TestDatabase database = TestDatabase.sqlite();
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			Map<String, String> own = new HashMap<>(database.properties());
			own.put("facilitator.access.merchants", "true");
			Map<String, String> properties = environment.properties(own);
			String recipient = environment.otherMerchant.getAccountId();
			assertThat(
					Commands.run(properties, "merchants", "create", "--name", "shop", "--recipient", recipient).code())
				.isZero();
			Output added = Commands.run(properties, "merchants", "key", "add", "--name", "shop");
			String key = "Bearer " + added.text().replaceAll("(?s).*(x402m_[\\w-]{43}).*", "$1");
			try (RecordingDriver driver = RecordingDriver
				.instead(database.properties().get("facilitator.database-url"))) {
				environment.start(own);
				String id = session(environment, recipient);
				Map<String, Object> terms = Map.of("amount", "1000", "payTo", recipient);
				for (int i = 0; i < CALLS; i++) {
					Map<String, Object> payment = Payments.of(environment, id, terms);
					assertThat(environment.client.with(key).verify(payment).text("isValid")).isEqualTo("true");
				}
				assertThat(environment.client.with(key).settle(Payments.of(environment, id, terms)).status())
					.isEqualTo(200);
				environment.stop();
				assertThat(driver.runs.keySet())
					.filteredOn((sql) -> sql.matches("(?s).*(merchant|limit_us|limit_un).*"))
					.filteredOn((sql) -> !sql.startsWith("delete from limit_use"))
					.isNotEmpty()
					.allMatch((sql) -> NOBODYS.stream().anyMatch(sql::startsWith));
				assertThat(driver.runs.entrySet()).filteredOn((runs) -> runs.getKey().startsWith(NOBODYS.get(1)))
					.allSatisfy((runs) -> assertThat(runs.getValue()).as("at the start").hasSizeLessThanOrEqualTo(2));
				assertThat(driver.runs.entrySet()).filteredOn((runs) -> runs.getKey().startsWith(NOBODYS.get(3)))
					.singleElement()
					.satisfies((runs) -> assertThat(runs.getValue()).hasSizeLessThanOrEqualTo(2));
			}
		}
	}

	private static String session(FacilitatorEnvironment environment, String recipient) {
		Payer payer = environment.payer();
		Map<String, Object> claims = new HashMap<>(payer.approved(1_000_000));
		claims.put("recipient", recipient);
		return environment.client.post("/sessions", claims).text("sessionId");
	}

}
